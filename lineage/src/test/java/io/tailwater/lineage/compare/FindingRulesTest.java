package io.tailwater.lineage.compare;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwater.lineage.config.Glob;
import io.tailwater.lineage.config.SeverityRule;
import io.tailwater.lineage.config.Suppression;
import io.tailwater.lineage.extract.RepositoryLineageExtractor;
import io.tailwater.lineage.graph.RepositoryLineage;
import io.tailwater.lineage.project.ExtractionCache;
import io.tailwater.lineage.project.InMemoryRepositoryFiles;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FindingRulesTest {
    private static final LocalDate DAY = LocalDate.of(2031, 3, 31);
    private static final String VIEW = "CREATE VIEW report AS SELECT id, status FROM orders;\n";

    private static RepositoryLineage lineage(String table) {
        return new RepositoryLineageExtractor()
                .extract(
                        InMemoryRepositoryFiles.ofTexts("shop", "r", Map.of("a_table.sql", table, "b_view.sql", VIEW)),
                        ExtractionCache.none());
    }

    /** The table loses a column that the view reads. */
    private static ChangeReport report(FindingRules rules) {
        return RepositoryComparison.compare(
                lineage("CREATE TABLE orders (id int, status text);\n"),
                lineage("CREATE TABLE orders (id int);\n"),
                rules);
    }

    private static Suppression suppression(@Nullable String reader, @Nullable String change, LocalDate expires) {
        return new Suppression(
                reader == null ? null : Glob.ofName(reader),
                change == null ? null : Glob.ofName(change),
                Set.of(),
                "moves in March",
                expires,
                ".tailwater.yml",
                7);
    }

    @Test
    void withoutRulesTheLossBreaks() {
        ChangeReport report = report(FindingRules.NONE);

        assertThat(report.verdict()).isEqualTo(Verdict.BREAKING);
        assertThat(report.impacts()).isNotEmpty();
        assertThat(report.suppressed()).isEmpty();
    }

    @Test
    void aSuppressedChangeCountsForNothingAndIsListed() {
        ChangeReport report =
                report(new FindingRules(List.of(suppression(null, "orders.status", DAY)), List.of(), DAY));

        assertThat(report.verdict()).isEqualTo(Verdict.NONE);
        assertThat(report.impacts()).isEmpty();
        assertThat(report.changes()).singleElement().matches(Change::suppressed);
        assertThat(report.suppressed())
                .hasSizeGreaterThanOrEqualTo(2)
                .allMatch(finding -> finding.by().reason().equals("moves in March"));
    }

    @Test
    void aSuppressedReaderLeavesTheTablesOwnLoss() {
        ChangeReport report = report(new FindingRules(List.of(suppression("report", null, DAY)), List.of(), DAY));

        assertThat(report.impacts()).isEmpty();
        assertThat(report.verdict()).isEqualTo(Verdict.BREAKING);
        assertThat(report.changes()).noneMatch(Change::suppressed);
    }

    @Test
    void anExpiredSuppressionIsNamedAndHoldsNoMore() {
        ChangeReport report =
                report(new FindingRules(List.of(suppression(null, "orders.*", DAY)), List.of(), DAY.plusDays(1)));

        assertThat(report.verdict()).isEqualTo(Verdict.BREAKING);
        assertThat(report.suppressed()).isEmpty();
        assertThat(report.unresolved())
                .anySatisfy(note -> assertThat(note.location() + " " + note.reason())
                        .contains(".tailwater.yml:7", "expired on 2031-03-31"));
    }

    @Test
    void aSuppressionOfSomethingElseChangesNothing() {
        ChangeReport report =
                report(new FindingRules(List.of(suppression("reports", "orders.state", DAY)), List.of(), DAY));

        assertThat(report).isEqualTo(report(FindingRules.NONE));
    }

    @Test
    void aBoundedSeverityIsCountedAsSuch() {
        SeverityRule atMost = new SeverityRule(
                Glob.ofName("**"), null, SeverityRule.Bound.AT_MOST, "behavioural", ".tailwater.yml", 3);

        ChangeReport report = report(new FindingRules(List.of(), List.of(atMost), DAY));

        assertThat(report.verdict()).isEqualTo(Verdict.BEHAVIOURAL);
        assertThat(report.impacts())
                .filteredOn(impact -> impact.effect() == Effect.BREAKS)
                .isNotEmpty()
                .allMatch(impact -> impact.severity() == Verdict.BEHAVIOURAL);
    }

    @Test
    void readersInOtherRepositoriesAreNotSilencedFromHere() {
        ChangeReport own = report(new FindingRules(List.of(suppression(null, "orders.*", DAY)), List.of(), DAY));
        WorkspaceGraph others = relation -> relation.equals("orders")
                ? List.of(new WorkspaceReader(
                        "looker",
                        "r",
                        "weekly",
                        null,
                        "dashboard",
                        "status",
                        null,
                        io.tailwater.lineage.graph.DirectUse.IDENTITY,
                        io.tailwater.lineage.graph.SourceLocation.of("weekly.lkml", 3),
                        List.of()))
                : List.of();

        ChangeReport all = WorkspaceImpact.extend(own, others);

        assertThat(all.verdict()).isEqualTo(Verdict.BREAKING);
        assertThat(all.impacts())
                .singleElement()
                .matches(impact -> impact.repository().equals("looker"));
        assertThat(all.suppressed()).isEqualTo(own.suppressed());
    }
}
