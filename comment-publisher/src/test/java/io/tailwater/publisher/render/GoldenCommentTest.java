package io.tailwater.publisher.render;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwater.schemas.report.Comparison;
import io.tailwater.schemas.report.ImpactReport;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.util.ClassSecurityValidator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Reports beside the comments they lead to. {@code -Dtailwater.golden.rewrite=true} writes the comments anew; read the
 * difference before it is kept. A case may have the keys of an earlier comment in {@code case.earlier.txt}: head first,
 * then a key a line, {@code KEEP} standing for the first key of the case itself.
 */
class GoldenCommentTest {

    private static final boolean REWRITE = Boolean.getBoolean("tailwater.golden.rewrite");

    static Stream<String> cases() throws IOException {
        try (Stream<Path> files = Files.list(folder())) {
            return files
                    .map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".report.json"))
                    .map(name -> name.substring(0, name.length() - ".report.json".length()))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void readsAsItIsKept(String name) throws IOException {
        ImpactReport report = report(folder().resolve(name + ".report.json"));
        Comparison comparison = Objects.requireNonNull(report.getChangeSet().getComparison());
        Subject subject = new Subject("acme/warehouse", "main", Optional.of(report.getReportId()));
        CommentRenderer renderer = new CommentRenderer(CommentChecks.LINKS);
        List<String> keys =
                renderer.render(subject, comparison, Optional.empty()).findingKeys();

        String comment =
                renderer.render(subject, comparison, earlier(name, keys)).markdown() + "\n";

        Path kept = folder().resolve(name + ".comment.md");
        if (REWRITE) {
            Files.writeString(kept, comment);
        }
        assertThat(comment).isEqualTo(Files.readString(kept));
        CommentChecks.check(comment);
    }

    private static Optional<EarlierComment> earlier(String name, List<String> keys) throws IOException {
        Path file = folder().resolve(name + ".earlier.txt");
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        List<String> lines = Files.readAllLines(file);
        return Optional.of(new EarlierComment(
                lines.getFirst(),
                lines.stream()
                        .skip(1)
                        .map(key -> key.equals("KEEP") ? keys.getFirst() : key)
                        .toList()));
    }

    private static ImpactReport report(Path file) throws IOException {
        ClassSecurityValidator.setGlobal(ClassSecurityValidator.composite(
                ClassSecurityValidator.DEFAULT, type -> type.getName().startsWith("io.tailwater.schemas.")));
        return new SpecificDatumReader<ImpactReport>(ImpactReport.getClassSchema())
                .read(null, DecoderFactory.get().jsonDecoder(ImpactReport.getClassSchema(), Files.readString(file)));
    }

    /** The sources' folder where there is one, so that rewriting changes what is kept. */
    private static Path folder() {
        Path sources = Path.of("src/test/resources/golden");
        if (Files.isDirectory(sources)) {
            return sources;
        }
        try {
            return Path.of(Objects.requireNonNull(GoldenCommentTest.class.getResource("/golden"))
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
