package io.tailwater.lineage.compare;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwater.lineage.extract.RepositoryLineageExtractor;
import io.tailwater.lineage.graph.Coverage;
import io.tailwater.lineage.graph.RepositoryLineage;
import io.tailwater.lineage.project.ExtractionCache;
import io.tailwater.lineage.project.InMemoryRepositoryFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Small repositories before and after a change, with the report that must come out. A case is one text file of sections
 * {@code === base: path}, {@code === head: path}, {@code === both: path}, {@code === gone: path} (only before),
 * {@code === report}. Lines before the first section say what the case is about. {@code -Dgolden.write=true} writes the
 * reports anew.
 */
class ComparisonGoldenTest {
    private static final Path CASES = Path.of("src/test/resources/comparisons");

    static List<Path> cases() throws IOException {
        try (Stream<Path> files = Files.list(CASES)) {
            return files.sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void reportsWhatTheChangeDoes(Path path) throws IOException {
        String text = Files.readString(path);
        Map<String, String> base = new TreeMap<>();
        Map<String, String> head = new TreeMap<>();
        String expected = "";
        for (String section : text.split("(?m)^=== ")) {
            int line = section.indexOf('\n');
            String title = section.substring(0, line);
            String content = section.substring(line + 1);
            String file = title.substring(title.indexOf(' ') + 1);
            if (title.startsWith("base: ") || title.startsWith("both: ") || title.startsWith("gone: ")) {
                base.put(file, content);
            }
            if (title.startsWith("head: ") || title.startsWith("both: ")) {
                head.put(file, content);
            }
            if (title.equals("report")) {
                expected = content;
            }
        }

        String actual = describe(RepositoryComparison.compare(lineage("base", base), lineage("head", head)));

        if (Boolean.getBoolean("golden.write")) {
            Files.writeString(path, text.substring(0, text.indexOf("=== report\n")) + "=== report\n" + actual);
        } else {
            assertThat(actual).isEqualTo(expected);
        }
    }

    private static RepositoryLineage lineage(String revision, Map<String, String> files) {
        return new RepositoryLineageExtractor()
                .extract(InMemoryRepositoryFiles.ofTexts("shop", revision, files), ExtractionCache.none());
    }

    private static String describe(ChangeReport report) {
        StringBuilder out = new StringBuilder(
                "verdict " + report.verdict().wireName() + (report.complete() ? "" : ", incomplete") + "\n");
        report.changes()
                .forEach(change -> out.append("change ")
                        .append(change.kind().wireName())
                        .append(' ')
                        .append(name(change.dataset(), change.column()))
                        .append(change.renamedTo() == null ? "" : " to " + change.renamedTo())
                        .append(" at ")
                        .append(at(change.at()))
                        .append(change.certainty() == Certainty.PROVEN ? "" : " (possible)")
                        .append(": ")
                        .append(change.because())
                        .append('\n'));
        report.impacts()
                .forEach(impact -> out.append("impact ")
                        .append(impact.effect().wireName())
                        .append(' ')
                        .append(impact.kind())
                        .append(' ')
                        .append(name(impact.dataset(), impact.column()))
                        .append(impact.certainty() == Certainty.PROVEN ? "" : " (possible)")
                        .append(impact.changedHere() ? " (changed here)" : "")
                        .append(impact.owners().isEmpty() ? "" : " owned by " + impact.owners())
                        .append(": ")
                        .append(impact.path().stream()
                                .map(hop ->
                                        name(hop.dataset(), hop.column()) + " " + hop.dependency() + " " + at(hop.at()))
                                .collect(Collectors.joining(" > ")))
                        .append('\n'));
        Coverage coverage = report.coverage();
        if (coverage.unresolved() > 0) {
            out.append("not understood ")
                    .append(coverage.unresolved())
                    .append(" of ")
                    .append(coverage.files())
                    .append(" files\n");
        }
        report.unresolved()
                .forEach(open -> out.append("unresolved ")
                        .append(open.location())
                        .append(": ")
                        .append(open.reason())
                        .append('\n'));
        return out.toString();
    }

    private static String name(String dataset, @org.jspecify.annotations.Nullable String column) {
        return column == null ? dataset : dataset + "." + column;
    }

    private static String at(Evidence evidence) {
        return evidence.revision() + ":" + evidence.path() + ":" + evidence.line()
                + (evidence.through() == null
                        ? ""
                        : " through " + evidence.through().path() + ":"
                                + evidence.through().line());
    }
}
