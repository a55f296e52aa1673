package io.tailwater.pranalyzer.impact;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwater.lineage.compare.ChangeReport;
import io.tailwater.lineage.compare.Verdict;
import io.tailwater.lineage.project.ExtractionCache;
import io.tailwater.lineage.project.InMemoryRepositoryFiles;
import io.tailwater.lineage.project.RepositoryFiles;
import io.tailwater.schemas.report.Comparison;
import java.time.LocalDate;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class LineageEngineTest {
    private static final LocalDate DAY = LocalDate.of(2031, 1, 2);
    private static final String BEFORE = "CREATE TABLE orders (id int, status text);\n";
    private static final String AFTER = "CREATE TABLE orders (id int);\n";
    private static final String SUPPRESS =
            "suppress:\n- {change: orders.status, reason: moves in March, expires: 2031-03-31}\n";

    /** A revision with a table, a view over it, and a configuration. */
    private static RepositoryFiles files(String revision, String table, String config) {
        Map<String, String> texts = new TreeMap<>();
        texts.put("a_table.sql", table);
        texts.put("b_view.sql", "CREATE VIEW report AS SELECT id, status FROM orders;\n");
        if (!config.isEmpty()) {
            texts.put(".tailwater.yml", config);
        }
        return InMemoryRepositoryFiles.ofTexts("shop", revision, texts);
    }

    private static ChangeReport compare(String destination, String head) {
        return new LineageEngine(ExtractionCache.none())
                .compare(
                        files("destination", BEFORE, destination),
                        files("merge-base", BEFORE, ""),
                        files("head", AFTER, head),
                        1,
                        DAY);
    }

    @Test
    void aSuppressionOfTheDestinationHoldsAndIsListed() {
        ChangeReport report = compare(SUPPRESS, "");
        Comparison comparison = ComparisonRecords.of(report);

        assertThat(report.verdict()).isEqualTo(Verdict.NONE);
        assertThat(report.base()).isEqualTo("destination");
        assertThat(comparison.getImpacts()).isEmpty();
        assertThat(comparison.getSuppressed()).isNotEmpty().allSatisfy(finding -> {
            assertThat(finding.getReason()).isEqualTo("moves in March");
            assertThat(finding.getExpires()).isEqualTo("2031-03-31");
            assertThat(finding.getPath() + ":" + finding.getLine()).isEqualTo(".tailwater.yml:2");
        });
    }

    @Test
    void aPullRequestDoesNotSilenceItsOwnFindings() {
        ChangeReport report = compare("", SUPPRESS + "ignore: [\"b_view.sql\"]\n");

        assertThat(report.verdict()).isEqualTo(Verdict.BREAKING);
        assertThat(report.suppressed()).isEmpty();
        assertThat(report.impacts()).anyMatch(impact -> impact.dataset().equals("report"));
        assertThat(report.unresolved())
                .extracting(note -> note.location() + " " + note.reason())
                .anyMatch(note -> note.startsWith(".tailwater.yml:2 this pull request adds a suppression"))
                .anyMatch(note -> note.contains("this pull request ignores b_view.sql"));
    }

    @Test
    void aMistakeInTheFileIsTold() {
        ChangeReport report = compare("", "dialect: klingon\n");

        assertThat(report.unresolved())
                .extracting(note -> note.location() + " " + note.reason())
                .containsExactly(".tailwater.yml:1 there is no dialect \"klingon\"");
        assertThat(report.verdict()).isEqualTo(Verdict.BREAKING);
    }

    @Test
    void aChangeOfTheConfigurationAloneIsNoneOfTheData() {
        ChangeReport report = new LineageEngine(ExtractionCache.none())
                .compare(
                        files("destination", BEFORE, ""),
                        files("merge-base", BEFORE, ""),
                        files("head", BEFORE, "schema: core\ndatabase: shop\ndialect: postgres\n"),
                        1,
                        DAY);

        assertThat(report.verdict()).isEqualTo(Verdict.NONE);
        assertThat(report.changes()).isEmpty();
    }
}
