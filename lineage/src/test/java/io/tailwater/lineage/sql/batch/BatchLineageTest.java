package io.tailwater.lineage.sql.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BatchLineageTest {

    private static BatchResult answer(@Nullable String dialect, String... statements) {
        return BatchLineage.answer(new BatchCase(
                "case",
                dialect,
                null,
                null,
                Map.of("src", List.of("a", "b")),
                Map.of(),
                List.of(statements),
                List.of()));
    }

    private static List<String> columns(BatchResult result) {
        return result.columns().stream()
                .map(column -> column.table() + "." + column.column() + " <- " + column.up())
                .toList();
    }

    @Test
    void answersAQueryWithoutATarget() {
        BatchResult result = answer(null, "select a, b + 1 as c from src where a > 0");
        assertThat(result.tablesIn()).containsExactly("src");
        assertThat(result.tablesOut()).isEmpty();
        assertThat(columns(result)).containsExactly("null.a <- [src.a]", "null.c <- [src.b]");
        assertThat(result.indirect())
                .extracting(each -> each.kind() + " " + each.up())
                .containsExactly("FILTER src.a");
        assertThat(result.error()).isNull();
        assertThat(result.recovered()).isZero();
    }

    @Test
    void followsTablesMadeOnTheWay() {
        BatchResult result = answer(
                "postgres", "create table step as select a as x from src", "insert into final (y) select x from step");
        assertThat(result.tablesIn()).containsExactly("src");
        assertThat(result.tablesOut()).containsExactly("final");
        assertThat(columns(result)).containsExactly("final.y <- [src.a]");
    }

    @Test
    void keepsTablesThatOnlyGetRowsInserted() {
        BatchResult result = answer("postgres", "insert into a (x) values (1)", "insert into b (y) select x from a");
        assertThat(result.tablesIn()).containsExactly("a");
        assertThat(result.tablesOut()).containsExactly("a", "b");
    }

    @Test
    void collapsesTemporaryTablesOfOneSessionOnly() {
        BatchResult result = BatchLineage.answer(new BatchCase(
                "case",
                "postgres",
                null,
                null,
                Map.of(),
                Map.of(),
                List.of(
                        "create temp table t as select a from src",
                        "insert into x select a from t",
                        "insert into y select a from t"),
                Arrays.asList("one", "one", "two")));
        assertThat(result.columns())
                .extracting(column -> column.table() + " <- " + column.up())
                .contains("x <- [src.a]", "y <- [t.a]");
    }

    @Test
    void followsViewsGivenAsSources() {
        BatchResult result = BatchLineage.answer(new BatchCase(
                "case",
                "postgres",
                null,
                null,
                Map.of(),
                Map.of("v", "select a as x from base"),
                List.of("select x from v"),
                List.of()));
        assertThat(columns(result)).containsExactly("null.x <- [base.a]");
        assertThat(result.tablesIn()).containsExactly("base");
    }

    @Test
    void putsDefaultsInFrontOfNames() {
        BatchResult result = BatchLineage.answer(new BatchCase(
                "case", "snowflake", "db", "sch", Map.of(), Map.of(), List.of("select x from t"), List.of()));
        assertThat(result.tablesIn()).containsExactly("db.sch.t");
    }

    @Test
    void carriesARenameThrough() {
        BatchResult result =
                answer("postgres", "insert into old_name select a from src", "alter table old_name rename to new_name");
        assertThat(result.tablesOut()).containsExactly("new_name");
    }

    @Test
    void tellsAnUnknownDialectAsTheCasesError() {
        assertThat(answer("klingon", "select 1").error()).contains("klingon");
    }
}
