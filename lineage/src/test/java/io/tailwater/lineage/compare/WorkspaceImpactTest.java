package io.tailwater.lineage.compare;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwater.lineage.graph.Coverage;
import io.tailwater.lineage.graph.Dependency;
import io.tailwater.lineage.graph.DirectUse;
import io.tailwater.lineage.graph.IndirectUse;
import io.tailwater.lineage.graph.SourceLocation;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class WorkspaceImpactTest {
    private static final Evidence AT = new Evidence("acme/warehouse", "models/users.sql", 3, "head", null);

    private static ChangeReport report(ChangeKind kind, @Nullable String column) {
        Change change = new Change(
                "users", "analytics.core.users", "model", kind, column, null, AT, "it changed", Certainty.PROVEN);
        return new ChangeReport(
                "acme/warehouse",
                "base",
                "head",
                "base",
                Verdict.NONE,
                true,
                List.of(change),
                List.of(),
                List.of(),
                new Coverage(1, 1, 0));
    }

    private static WorkspaceReader reader(
            String dataset,
            @Nullable String name,
            @Nullable String uses,
            @Nullable String feeds,
            Dependency dependency) {
        return new WorkspaceReader(
                "acme/looker",
                "abc",
                dataset,
                name,
                name == null ? "dashboard" : "model",
                uses,
                feeds,
                dependency,
                SourceLocation.of(dataset + ".sql", 7),
                List.of("bi"));
    }

    @Test
    void breaksTheForeignReaderOfARemovedColumnAndNoOther() {
        WorkspaceGraph graph = name -> name.equals("analytics.core.users")
                ? List.of(
                        reader("by_email", "looker.by_email", "email", "email", DirectUse.IDENTITY),
                        reader("by_id", "looker.by_id", "id", "id", DirectUse.IDENTITY))
                : List.of();

        ChangeReport extended = WorkspaceImpact.extend(report(ChangeKind.COLUMN_REMOVED, "email"), graph);

        assertThat(extended.verdict()).isEqualTo(Verdict.BREAKING);
        assertThat(extended.impacts()).singleElement().satisfies(impact -> {
            assertThat(impact.dataset()).isEqualTo("by_email");
            assertThat(impact.effect()).isEqualTo(Effect.BREAKS);
            assertThat(impact.owners()).containsExactly("bi");
            assertThat(impact.path()).hasSize(2);
            assertThat(impact.path().get(1).at())
                    .isEqualTo(new Evidence("acme/looker", "by_email.sql", 7, "abc", null));
        });
    }

    @Test
    void followsValuesThroughForeignRelationsUpToTheDashboard() {
        WorkspaceGraph graph = name -> switch (name) {
            case "analytics.core.users" ->
                List.of(reader("inner", "looker.inner", "email", "domain", DirectUse.TRANSFORMATION));
            case "looker.inner" ->
                List.of(
                        reader("board", null, "domain", null, IndirectUse.FILTER),
                        reader("other board", null, "id", null, IndirectUse.FILTER));
            default -> List.of();
        };

        ChangeReport extended = WorkspaceImpact.extend(report(ChangeKind.VALUES_CHANGED, "email"), graph);

        assertThat(extended.verdict()).isEqualTo(Verdict.BEHAVIOURAL);
        assertThat(extended.impacts())
                .extracting(Impact::dataset, Impact::effect, Impact::column)
                .containsExactly(
                        org.assertj.core.api.Assertions.tuple("inner", Effect.VALUES, "domain"),
                        org.assertj.core.api.Assertions.tuple("board", Effect.REACHED, null));
    }

    @Test
    void whatIsBuiltFromABrokenForeignReaderBreaksWithItAndWhatShowsItIsReached() {
        WorkspaceGraph graph = name -> switch (name) {
            case "analytics.core.users" ->
                List.of(reader("staging", "mart.staging", "email", "email", DirectUse.IDENTITY));
            case "mart.staging" -> List.of(reader("built", "mart.built", "id", "id", DirectUse.IDENTITY));
            case "mart.built" ->
                List.of(
                        reader("board", null, "id", null, IndirectUse.FILTER),
                        reader("staging", "mart.staging", "id", null, IndirectUse.ROWS));
            default -> List.of();
        };

        ChangeReport extended = WorkspaceImpact.extend(report(ChangeKind.COLUMN_REMOVED, "email"), graph);

        assertThat(extended.impacts())
                .extracting(Impact::dataset, Impact::effect)
                .containsExactly(
                        org.assertj.core.api.Assertions.tuple("staging", Effect.BREAKS),
                        org.assertj.core.api.Assertions.tuple("built", Effect.BREAKS),
                        org.assertj.core.api.Assertions.tuple("board", Effect.REACHED));
    }

    @Test
    void endsOnRelationsThatReadEachOther() {
        WorkspaceGraph graph = name -> List.of(
                reader("one", "looker.one", null, null, IndirectUse.ROWS),
                reader("two", "looker.two", null, null, IndirectUse.ROWS));

        ChangeReport extended = WorkspaceImpact.extend(report(ChangeKind.ROWS_CHANGED, null), graph);

        assertThat(extended.impacts()).extracting(Impact::dataset).containsExactly("one", "two");
    }

    @Test
    void leavesTheReportAloneWhereNobodyElseReads() {
        ChangeReport report = report(ChangeKind.COLUMN_REMOVED, "email");

        assertThat(WorkspaceImpact.extend(report, name -> List.of())).isSameAs(report);
    }
}
