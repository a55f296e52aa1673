package io.tailwater.lineage.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwater.lineage.sql.result.SqlAnalysis;
import io.tailwater.lineage.sql.result.StatementLineage;
import io.tailwater.lineage.sql.result.Unresolved;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Short texts that multiply what they read at every step, and long ones that are only long. The timeout tells work without end from work. */
@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class MultiplyingTextTest {

    @Test
    void aPivotOverSeveralColumnsMakesNoMoreColumnsThanTheLimit() {
        String values = IntStream.range(0, 20).mapToObj(String::valueOf).collect(Collectors.joining(", "));
        String keys = IntStream.range(0, 8)
                .mapToObj(i -> "k" + i + " in (" + values + ")")
                .collect(Collectors.joining(", "));

        StatementLineage statement = Lineage.of("duckdb", "pivot t on " + keys + " using sum(x)");

        assertThat(statement.unresolved()).anySatisfy(each -> {
            assertThat(each.reason()).isEqualTo(Unresolved.Reason.LIMIT);
            assertThat(each.detail()).contains("10000 columns");
        });
        assertThat(statement.columns()).last().satisfies(made -> {
            assertThat(made.name()).isEqualTo("*");
            assertThat(made.upstream()).extracting(Object::toString).contains("t.x", "t.k0", "t.k7");
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "select 1 as a, 2 as b ; select x.*, y.* from P x, P y",
                "select * from t ; select x.*, y.* from P x, P y",
                "select a from t ; select a from P union all (select a from P union all select b from P)",
            })
    void columnsThatDoubleWithEveryStepAreGivenUpWithTheReason(String first, String step) {
        StatementLineage statement = only("postgres", chain(40, first, step));

        assertThat(statement.unresolved()).extracting(Unresolved::reason).contains(Unresolved.Reason.LIMIT);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "select a from t ; select a || a as a from P",
                "select a from t ; select case when a > 1 then a else f(a) end as a from P where a > 2",
                "select a from t ; select x.a || y.a as a from P x join P y on x.a = y.a",
                "select a from t ; select (select max(a) from P) + (select min(a) from P) as a from P",
            })
    void valuesThatDoubleWithEveryStepAreFollowed(String first, String step) {
        assertThat(Lineage.columns("postgres", chain(60, first, step))).containsExactly("a <- t.a");
    }

    @Test
    void aUnionOfTheSameStarNamesItsTableOnce() {
        String sql = chain(60, "select * from t", "select * from P union all select * from P");

        assertThat(Lineage.columns("postgres", sql)).containsExactly("* <- t");
    }

    @Test
    void aliasesThatDoubleAreFollowed() {
        String items = IntStream.range(1, 60)
                .mapToObj(i -> "x%d || x%d as x%d".formatted(i - 1, i - 1, i))
                .collect(Collectors.joining(", "));

        assertThat(Lineage.columns("snowflake", "select a as x0, " + items + " from t"))
                .hasSize(60)
                .contains("x59 <- t.a");
    }

    @Test
    void recursionInRecursionEnds() {
        String sql = "select 1 as a";
        for (int i = 0; i < 30; i++) {
            sql = "with recursive r%d as (select 1 as a union all (%s, r%d)) select a from r%d".formatted(i, sql, i, i);
        }

        assertThat(SqlLineage.analyze(sql, Lineage.options("postgres")).statements())
                .isNotEmpty();
    }

    @Test
    void aStatementBehindOneThatIsGivenUpIsAnalysed() {
        String sql = chain(40, "select 1 as a, 2 as b", "select x.*, y.* from P x, P y") + "; select email from users";

        SqlAnalysis analysis = SqlLineage.analyze(sql, Lineage.options("postgres"));

        assertThat(analysis.statements()).hasSize(2);
        assertThat(Lineage.columns(analysis.statements().get(1))).containsExactly("email <- users.email");
    }

    @ParameterizedTest
    @CsvSource({"+", "-", "+ 1 -", "||", "and", "* a +"})
    void aHundredThousandTermsAreOneColumn(String operator) {
        String sql = "select a" + (" " + operator + " a").repeat(100_000) + " as total from t";

        assertThat(Lineage.columns("postgres", sql)).containsExactly("total <- t.a");
    }

    @Test
    void aHundredThousandStatementsThatCannotBeReadAreCountedOneByOne() {
        SqlAnalysis analysis = SqlLineage.analyze("foo bar;".repeat(100_000), Lineage.options("postgres"));

        assertThat(analysis.statements())
                .hasSize(100_000)
                .allSatisfy(each -> assertThat(each.recovered()).isEqualTo(1));
    }

    @Test
    void tenThousandNestedParenthesesAreALimitAndNoFailure() {
        StatementLineage statement =
                only("postgres", "select " + "(".repeat(10_000) + "a" + ")".repeat(10_000) + " from t");

        assertThat(statement.unresolved())
                .anySatisfy(each -> assertThat(each.detail()).contains("nested deeper"));
    }

    @Test
    void aliasesThatReadOneAnotherBackwardsEnd() {
        String items = IntStream.range(0, 20_000)
                .mapToObj(i -> "x%d + 1 as x%d".formatted(19_999 - i, 20_000 - i))
                .collect(Collectors.joining(", "));

        StatementLineage statement = only("snowflake", "select " + items + ", a as x0 from t");

        assertThat(statement.columns().isEmpty())
                .isEqualTo(!statement.unresolved().isEmpty());
    }

    private static String chain(int length, String first, String step) {
        StringBuilder sql = new StringBuilder("with c0 as (" + first + ")");
        for (int i = 1; i < length; i++) {
            sql.append(", c")
                    .append(i)
                    .append(" as (")
                    .append(step.replace("P", "c" + (i - 1)))
                    .append(')');
        }
        return sql + " select * from c" + (length - 1);
    }

    private static StatementLineage only(String dialect, String sql) {
        return SqlLineage.analyze(sql, Lineage.options(dialect)).statements().getFirst();
    }
}
