package io.tailwater.pranalyzer.impact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailwater.lineage.graph.RepositoryLineage;
import io.tailwater.lineage.project.ExtractionCache;
import io.tailwater.lineage.project.FileEntry;
import io.tailwater.lineage.project.InMemoryRepositoryFiles;
import io.tailwater.lineage.project.ReadOutcome;
import io.tailwater.lineage.project.RepositoryFiles;
import io.tailwater.lineage.project.TimeLimitReached;
import io.tailwater.pranalyzer.cache.DiskCache;
import io.tailwater.pranalyzer.cache.WorkCache;
import io.tailwater.schemas.report.Comparison;
import io.tailwater.schemas.report.Verdict;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeptResultsTest {
    private static final LocalDate DAY = LocalDate.of(2031, 1, 2);
    private static final int MOST_BYTES = 1_000_000;
    private static final String BEFORE = "CREATE TABLE orders (id int, status text);\n";
    private static final String AFTER = "CREATE TABLE orders (id int);\n";
    private static final String SUPPRESS =
            "suppress:\n- {change: orders.status, reason: moves in March, expires: 2031-03-31}\n";

    @TempDir
    private Path folder;

    /** A revision that notes what is read of it and can lack the content of files. */
    private static final class Revision implements RepositoryFiles {
        private final RepositoryFiles files;
        private final Set<String> absent = new HashSet<>();
        private final List<String> asked = new ArrayList<>();

        Revision(String repository, String revision, String table, String config) {
            Map<String, String> texts = new TreeMap<>();
            texts.put("a_table.sql", table);
            texts.put("b_view.sql", "CREATE VIEW report AS SELECT id, status FROM orders;\n");
            if (!config.isEmpty()) {
                texts.put(".tailwater.yml", config);
            }
            this.files = InMemoryRepositoryFiles.ofTexts(repository, revision, texts);
        }

        @Override
        public String repository() {
            return files.repository();
        }

        @Override
        public String revision() {
            return files.revision();
        }

        @Override
        public List<FileEntry> entries() {
            return files.entries();
        }

        @Override
        public ReadOutcome read(String path, int limit) {
            asked.add(path);
            return absent.contains(path) ? new ReadOutcome.Missing("not fetched") : files.read(path, limit);
        }
    }

    private final Revision destination = new Revision("shop", "destination", BEFORE, "");
    private final Revision mergeBase = new Revision("shop", "merge-base-of-both", BEFORE, "");
    private final Revision head = new Revision("shop", "head", AFTER, "");

    /** An engine that starts over the same folder, as the next process does. */
    private LineageEngine engine(int mostBytes) {
        DiskCache disk = new DiskCache(folder.resolve("kept"), 10_000_000, Clock.systemUTC());
        return new LineageEngine(ExtractionCache.none(), WorkCache.on(disk, mostBytes), () -> () -> false);
    }

    private Comparison compare() {
        return engine(MOST_BYTES).comparison(destination, mergeBase, head, 1, DAY);
    }

    private void forgetWhatWasAsked() {
        List.of(destination, mergeBase, head).forEach(revision -> revision.asked.clear());
    }

    @Test
    void readsNoFileWhenTheSameIsComparedAgain() {
        Comparison first = compare();
        assertThat(first.getVerdict()).isEqualTo(Verdict.BREAKING);
        assertThat(head.asked).isNotEmpty();
        forgetWhatWasAsked();

        Comparison second = compare();

        assertThat(second).isEqualTo(first);
        assertThat(destination.asked).isEmpty();
        assertThat(mergeBase.asked).isEmpty();
        assertThat(head.asked).isEmpty();
    }

    @Test
    void readsOnlyTheNewHeadAfterAnotherCommit() {
        compare();
        forgetWhatWasAsked();
        Revision next = new Revision("shop", "next", BEFORE, "");

        Comparison comparison = engine(MOST_BYTES).comparison(destination, mergeBase, next, 1, DAY);

        assertThat(comparison.getVerdict()).isEqualTo(Verdict.NONE);
        assertThat(mergeBase.asked).isEmpty();
        assertThat(next.asked).isNotEmpty();
    }

    @Test
    void continuesFromTheRevisionThatWasKeptLastWhereTheBaseMoved() {
        Comparison first = compare();
        Revision moved = new Revision("shop", "moved", BEFORE, "");
        Revision next = new Revision("shop", "next", AFTER, "");

        Comparison second = engine(MOST_BYTES).comparison(moved, moved, next, 1, DAY);

        assertThat(second.getVerdict()).isEqualTo(first.getVerdict());
        assertThat(second)
                .isEqualTo(ComparisonRecords.of(
                        new LineageEngine(ExtractionCache.none()).compare(moved, moved, next, 1, DAY)));
    }

    @Test
    void takesNoResultOfOtherCircumstances() {
        Comparison kept = compare();

        Comparison crissCross = engine(MOST_BYTES).comparison(destination, mergeBase, head, 2, DAY);
        assertThat(crissCross.getUnresolved()).hasSize(kept.getUnresolved().size() + 1);

        forgetWhatWasAsked();
        engine(MOST_BYTES - 1).comparison(destination, mergeBase, head, 1, DAY);
        assertThat(head.asked).isNotEmpty();

        Revision elsewhere = new Revision("other", "head", AFTER, "");
        engine(MOST_BYTES).comparison(destination, mergeBase, elsewhere, 1, DAY);
        assertThat(elsewhere.asked).isNotEmpty();
    }

    @Test
    void readsLineageAnewUnderAnotherConfiguration() {
        compare();
        Revision configured = new Revision("shop", "configured", BEFORE, "schema: core\n");
        forgetWhatWasAsked();

        engine(MOST_BYTES).comparison(destination, mergeBase, configured, 1, DAY);

        assertThat(mergeBase.asked).isNotEmpty();
        RepositoryLineage own = engine(MOST_BYTES).read(mergeBase);
        assertThat(own).isEqualTo(new LineageEngine(ExtractionCache.none()).read(mergeBase));
    }

    @Test
    void aSuppressionThatHasExpiredSinceCounts() {
        Revision silencing = new Revision("shop", "silencing", BEFORE, SUPPRESS);
        LocalDate last = LocalDate.of(2031, 3, 31);
        assertThat(verdict(silencing, DAY)).isEqualTo(Verdict.NONE);
        silencing.asked.clear();
        assertThat(verdict(silencing, last)).isEqualTo(Verdict.NONE);
        assertThat(silencing.asked).isEmpty();

        assertThat(verdict(silencing, last.plusDays(1))).isEqualTo(Verdict.BREAKING);

        silencing.asked.clear();
        assertThat(verdict(silencing, last.plusYears(1))).isEqualTo(Verdict.BREAKING);
        assertThat(silencing.asked).isEmpty();
        assertThat(verdict(silencing, last)).isEqualTo(Verdict.NONE);
    }

    private Verdict verdict(Revision silencing, LocalDate day) {
        return engine(MOST_BYTES).comparison(silencing, mergeBase, head, 1, day).getVerdict();
    }

    @Test
    void takesNoResultFromBeforeAFileWasAtHand() {
        head.absent.add("b_view.sql");
        Comparison partial = compare();
        head.absent.clear();

        Comparison whole = compare();

        assertThat(whole).isNotEqualTo(partial);
        assertThat(whole)
                .isEqualTo(ComparisonRecords.of(
                        new LineageEngine(ExtractionCache.none()).compare(destination, mergeBase, head, 1, DAY)));
    }

    @Test
    void asksOnlyForWhatWasNotAtHandWhenTheSameIsComparedAgain() {
        head.absent.add("b_view.sql");
        mergeBase.absent.add("b_view.sql");
        Comparison partial = compare();
        forgetWhatWasAsked();

        assertThat(compare()).isEqualTo(partial);
        assertThat(head.asked).containsOnly("b_view.sql");
        assertThat(mergeBase.asked).containsOnly("b_view.sql");
        assertThat(destination.asked).isEmpty();
    }

    @Test
    void keepsNothingReadUnderAConfigurationThatIsNotAtHand() {
        Revision configured = new Revision("shop", "configured", AFTER, "schema: core\n");
        configured.absent.add(".tailwater.yml");
        engine(MOST_BYTES).comparison(destination, mergeBase, configured, 1, DAY);
        configured.absent.clear();

        assertThat(engine(MOST_BYTES).comparison(destination, mergeBase, configured, 1, DAY))
                .isEqualTo(ComparisonRecords.of(
                        new LineageEngine(ExtractionCache.none()).compare(destination, mergeBase, configured, 1, DAY)));
    }

    @Test
    void keepsNothingOfARevisionThatTookTooLong() {
        DiskCache disk = new DiskCache(folder.resolve("kept"), 10_000_000, Clock.systemUTC());
        LineageEngine hurried =
                new LineageEngine(ExtractionCache.none(), WorkCache.on(disk, MOST_BYTES), () -> () -> true);

        assertThatThrownBy(() -> hurried.comparison(destination, mergeBase, head, 1, DAY))
                .isInstanceOf(TimeLimitReached.class)
                .hasMessageContaining("merge-base");
        assertThat(compare().getVerdict()).isEqualTo(Verdict.BREAKING);
    }
}
