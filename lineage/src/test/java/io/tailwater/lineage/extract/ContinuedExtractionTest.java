package io.tailwater.lineage.extract;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwater.lineage.graph.RepositoryLineage;
import io.tailwater.lineage.project.ExtractionCache;
import io.tailwater.lineage.project.InMemoryRepositoryFiles;
import io.tailwater.lineage.project.RepositoryFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The law of what is kept: a revision read with what another one's files said, taken from bytes, is told exactly as from
 * nothing. Held over the small repositories of the comparison tests, which have every kind of file that is read.
 */
class ContinuedExtractionTest {
    private static final Path CASES = Path.of("src/test/resources/comparisons");
    private static final int STEPS = Integer.getInteger("steps", 8);

    private record Case(String name, Map<String, String> base, Map<String, String> head) {
        static Case read(Path path) {
            Map<String, String> base = new TreeMap<>();
            Map<String, String> head = new TreeMap<>();
            for (String section : text(path).split("(?m)^=== ")) {
                int line = section.indexOf('\n');
                String title = section.substring(0, line);
                String file = title.substring(title.indexOf(' ') + 1);
                if (title.startsWith("base: ") || title.startsWith("both: ") || title.startsWith("gone: ")) {
                    base.put(file, section.substring(line + 1));
                }
                if (title.startsWith("head: ") || title.startsWith("both: ")) {
                    head.put(file, section.substring(line + 1));
                }
            }
            return new Case(path.getFileName().toString().replace(".txt", ""), base, head);
        }

        private static String text(Path path) {
            try {
                return Files.readString(path);
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static List<Case> cases() throws IOException {
        try (Stream<Path> files = Files.list(CASES)) {
            return files.sorted().map(Case::read).toList();
        }
    }

    private static RepositoryFiles files(Map<String, String> texts) {
        return InMemoryRepositoryFiles.ofTexts("acme/shop", "1", texts);
    }

    private static RepositoryLineage fresh(Map<String, String> texts) {
        return new RepositoryLineageExtractor().extract(files(texts), ExtractionCache.none());
    }

    /** Reads a revision with what the bytes hold, asserts that it is told as from nothing, and gives the bytes of this one. */
    private static byte[] continued(byte[] earlier, Map<String, String> texts, String what) {
        ExtractionCache cache = ExtractionCache.inMemory(100_000);
        if (earlier.length > 0) {
            LineageCodec.decode(earlier).orElseThrow().fill(cache);
        }
        RecordingCache recording = new RecordingCache(cache);
        RepositoryLineage lineage = new RepositoryLineageExtractor().extract(files(texts), recording);
        assertThat(lineage).as(what).isEqualTo(fresh(texts));
        return LineageCodec.encode(new Extraction(lineage, recording.used()));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void aChangeIsReadAsFromNothingInBothDirections(Case each) {
        byte[] base = continued(new byte[0], each.base(), "base");
        byte[] head = continued(base, each.head(), "head after base");
        continued(head, each.base(), "base after head");
    }

    @Test
    void aWalkOfRandomEditsIsReadAsFromNothing() throws IOException {
        List<Case> cases = cases();
        long seed = Long.getLong("seed", 20260731L);
        Random random = new Random(seed);
        Map<String, String> texts = new TreeMap<>();
        for (Case each : cases) {
            each.base().forEach((path, text) -> texts.put(each.name() + "/" + path, text));
        }
        byte[] kept = continued(new byte[0], texts, "seed " + seed);
        for (int step = 0; step < STEPS; step++) {
            int edits = 1 + random.nextInt(4);
            for (int i = 0; i < edits; i++) {
                edit(texts, cases, random);
            }
            kept = continued(kept, texts, "seed " + seed + ", step " + step);
        }
    }

    /** Another side of a case, a line less or twice, lines changing places, a file gone, or another configuration. */
    private static void edit(Map<String, String> texts, List<Case> cases, Random random) {
        List<String> paths = new ArrayList<>(texts.keySet());
        String path = paths.get(random.nextInt(paths.size()));
        List<String> lines =
                new ArrayList<>(Arrays.asList(texts.getOrDefault(path, "").split("\n", -1)));
        int line = random.nextInt(lines.size());
        switch (random.nextInt(7)) {
            case 0, 1 -> {
                Case each = cases.get(random.nextInt(cases.size()));
                Map<String, String> side = random.nextBoolean() ? each.base() : each.head();
                texts.keySet().removeIf(known -> known.startsWith(each.name() + "/"));
                side.forEach((name, text) -> texts.put(each.name() + "/" + name, text));
            }
            case 2 -> {
                lines.remove(line);
                texts.put(path, String.join("\n", lines));
            }
            case 3 -> {
                lines.add(line, lines.get(line));
                texts.put(path, String.join("\n", lines));
            }
            case 4 -> {
                lines.add(random.nextInt(lines.size()), lines.remove(line));
                texts.put(path, String.join("\n", lines));
            }
            case 5 -> texts.remove(path);
            case 6 ->
                texts.put(
                        ".tailwater.yml",
                        List.of(
                                        "",
                                        "dialect: bigquery\n",
                                        "schema: core\ndatabase: shop\n",
                                        "dbt: {vars: {wide: true}}\n")
                                .get(random.nextInt(4)));
            default -> throw new AssertionError();
        }
    }
}
