package io.tailwater.lineage.extract;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwater.lineage.graph.RepositoryLineage;
import io.tailwater.lineage.project.ExtractionCache;
import io.tailwater.lineage.project.InMemoryRepositoryFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LineageCodecTest {
    private static final Path CASES = Path.of("src/test/resources/comparisons");

    /** The small repositories of the comparison tests: every reader, every kind of dataset. */
    static List<Path> cases() throws IOException {
        try (Stream<Path> files = Files.list(CASES)) {
            return files.sorted().toList();
        }
    }

    private static Extraction extraction(Path path) throws IOException {
        Map<String, String> files = new TreeMap<>();
        for (String section : Files.readString(path).split("(?m)^=== ")) {
            int line = section.indexOf('\n');
            String title = section.substring(0, line);
            if (title.startsWith("head: ") || title.startsWith("both: ")) {
                files.put(title.substring(title.indexOf(' ') + 1), section.substring(line + 1));
            }
        }
        RecordingCache recording = new RecordingCache(ExtractionCache.none());
        RepositoryLineage lineage = new RepositoryLineageExtractor()
                .extract(InMemoryRepositoryFiles.ofTexts("acme/shop", "1", files), recording);
        return new Extraction(lineage, recording.used());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void givesBackWhatWasEncoded(Path path) throws IOException {
        Extraction extraction = extraction(path);

        assertThat(LineageCodec.decode(LineageCodec.encode(extraction))).contains(extraction);
    }

    @Test
    void takesWhatIsCutOffOrLongerForNothing() throws IOException {
        byte[] bytes = LineageCodec.encode(extraction(CASES.resolve("python-model-reads.txt")));

        for (int length = 0; length < bytes.length; length++) {
            assertThat(LineageCodec.decode(Arrays.copyOf(bytes, length))).isEmpty();
        }
        assertThat(LineageCodec.decode(Arrays.copyOf(bytes, bytes.length + 1))).isEmpty();
    }
}
