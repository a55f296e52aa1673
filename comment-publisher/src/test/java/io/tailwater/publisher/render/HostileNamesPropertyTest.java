package io.tailwater.publisher.render;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwater.schemas.lineage.DependencyKind;
import io.tailwater.schemas.lineage.Location;
import io.tailwater.schemas.lineage.UnresolvedLineage;
import io.tailwater.schemas.report.Certainty;
import io.tailwater.schemas.report.Change;
import io.tailwater.schemas.report.ChangeKind;
import io.tailwater.schemas.report.Comparison;
import io.tailwater.schemas.report.Coverage;
import io.tailwater.schemas.report.Effect;
import io.tailwater.schemas.report.Hop;
import io.tailwater.schemas.report.Impact;
import io.tailwater.schemas.report.Verdict;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Whatever the report says, the comment stays within its limits and its shape; the seed stands in the message. */
class HostileNamesPropertyTest {

    private static final List<String> PIECES = List.of(
            "`",
            "``",
            "|",
            "[",
            "](",
            ")",
            "*",
            "**",
            "_",
            "__",
            "@all",
            "#12",
            "\n",
            "\r\n",
            "\n\n# ",
            "\n- ",
            "\n> ",
            "<b>",
            "<!--",
            "-->",
            "![x](",
            "http://evil.example",
            "www.evil.example",
            "\\",
            "\\`",
            "&amp;",
            "~~",
            "---",
            "\u202e",
            "\u200b",
            "\ud800",
            "😀",
            "é",
            " ",
            "  ",
            "\t",
            "stg_orders",
            "a",
            "1.",
            "[tailwater]: x",
            ":+1:",
            "PROJ-1",
            "${x}",
            "{{ x }}",
            "'",
            "\"",
            "|---|",
            "\u0000",
            "→");

    @Test
    void neverEscapesItsPlace() {
        for (long seed = 0; seed < 250; seed++) {
            Random random = new Random(seed);
            Subject subject = new Subject("acme/warehouse", name(random), Optional.of(name(random)));
            Optional<EarlierComment> earlier = random.nextBoolean()
                    ? Optional.of(new EarlierComment(hash(random), List.of("b:1", name(random))))
                    : Optional.empty();

            String comment = new CommentRenderer(CommentChecks.LINKS)
                    .render(subject, comparison(random), earlier)
                    .markdown();

            assertThat(comment.lines().findFirst().orElseThrow())
                    .as("seed %d", seed)
                    .startsWith("**");
            try {
                CommentChecks.check(comment);
            } catch (AssertionError e) {
                throw new AssertionError("seed " + seed, e);
            }
        }
    }

    @Test
    void tellsOfAFailureWithoutInterpretingItsReason() {
        for (long seed = 0; seed < 250; seed++) {
            Random random = new Random(seed);

            CommentChecks.check(new CommentRenderer(CommentChecks.LINKS).couldNotAnalyse(hash(random), name(random)));
        }
    }

    private static Comparison comparison(Random random) {
        List<Change> changes = some(random, 30, () -> change(random));
        List<Impact> impacts = some(random, 60, () -> impact(random, changes));
        return Comparison.newBuilder()
                .setSuppressed(java.util.List.of())
                .setHead(hash(random))
                .setBase(hash(random))
                .setMergeBase(hash(random))
                .setVerdict(any(random, Verdict.values()))
                .setComplete(random.nextBoolean())
                .setChanges(changes)
                .setImpacts(impacts)
                .setUnresolved(some(random, 10, () -> new UnresolvedLineage(name(random), 1, name(random))))
                .setCoverage(new Coverage(100, 100 - random.nextInt(50), random.nextInt(50)))
                .build();
    }

    private static Change change(Random random) {
        return Change.newBuilder()
                .setDataset(name(random))
                .setKind(any(random, ChangeKind.values()))
                .setColumn(maybe(random))
                .setRenamedTo(maybe(random))
                .setAt(location(random))
                .setBecause(name(random))
                .build();
    }

    private static Impact impact(Random random, List<Change> changes) {
        List<Hop> path = new ArrayList<>();
        if (!changes.isEmpty() && random.nextInt(4) > 0) {
            Change change = changes.get(random.nextInt(changes.size()));
            path.add(new Hop(change.getDataset(), change.getColumn(), null, location(random)));
        }
        path.addAll(some(
                random,
                12,
                () -> new Hop(name(random), maybe(random), any(random, DependencyKind.values()), location(random))));
        return Impact.newBuilder()
                .setRepository(random.nextBoolean() ? "acme/warehouse" : name(random))
                .setDataset(name(random))
                .setKind(random.nextBoolean() ? "model" : random.nextBoolean() ? "dashboard" : name(random))
                .setColumn(maybe(random))
                .setEffect(any(random, Effect.values()))
                .setCertainty(any(random, Certainty.values()))
                .setChangedHere(random.nextBoolean())
                .setOwners(some(random, 2, () -> name(random)))
                .setBecause(name(random))
                .setPath(path)
                .build();
    }

    private static Location location(Random random) {
        return new Location("acme/warehouse", name(random), random.nextInt(100), hash(random));
    }

    private static String hash(Random random) {
        return IntStream.range(0, 40)
                .mapToObj(digit -> Integer.toHexString(random.nextInt(16)))
                .reduce("", String::concat);
    }

    private static @Nullable String maybe(Random random) {
        return random.nextBoolean() ? name(random) : null;
    }

    private static String name(Random random) {
        int repeats = random.nextInt(20) == 0 ? 400 : 1 + random.nextInt(6);
        StringBuilder name = new StringBuilder();
        for (int piece = 0; piece < repeats; piece++) {
            name.append(PIECES.get(random.nextInt(PIECES.size())));
        }
        return name.toString();
    }

    private static <T> T any(Random random, T[] values) {
        return values[random.nextInt(values.length)];
    }

    private static <T> List<T> some(Random random, int most, Supplier<T> one) {
        List<T> list = new ArrayList<>();
        int count = random.nextInt(most + 1);
        while (list.size() < count) {
            list.add(one.get());
        }
        return Collections.unmodifiableList(list);
    }
}
