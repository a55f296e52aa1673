package io.tailwater.lineage.sql.parse;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwater.lineage.sql.dialect.Dialect;
import io.tailwater.lineage.sql.tree.Expression;
import io.tailwater.lineage.sql.tree.Select;
import io.tailwater.lineage.sql.tree.SetOperation;
import io.tailwater.lineage.sql.tree.Statement;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LimitsTest {

    private static final int MANY = 100_000;

    @Test
    void longChainsOfOperatorsAreOneNode() {
        Select select = (Select) query("select 1" + " + 1".repeat(MANY) + " from t where a" + " and a".repeat(MANY))
                .query()
                .body();

        assertThat(((Expression.Operation) select.items().get(0).value()).operands())
                .hasSize(MANY + 1);
        assertThat(((Expression.Operation) Objects.requireNonNull(select.where())).operators())
                .hasSize(MANY);
    }

    @Test
    void longChainsOfUnionsAreOneNode() {
        SetOperation union = (SetOperation)
                query("select 1" + " union all select 1".repeat(MANY)).query().body();

        assertThat(union.operands()).hasSize(MANY + 1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "select |(|1|)",
                "select * from |(|t|)",
                "select |f(|1|)",
                "select |- |1|;",
                "select |not |a|;",
                "select |case when a then |1| end",
                "|select * from (|select 1|)",
                "select |[|1|]",
                "select x::|array<|int|>",
                "|with a as (|select 1|) select 1",
                "select |exists (|select 1|)",
                "|begin |select 1| end",
                "|create procedure p() as begin |select 1|; end",
                "|if a then |select 1|; end if",
                "select |{'a': |1|}",
                "select a |in (|1|)"
            })
    void deepNestingIsALimitAndNoStackOverflow(String head, String open, String middle, String close)
            throws InterruptedException {
        String sql = head + open.repeat(10_000) + middle + close.repeat(10_000);
        for (Dialect dialect : Dialect.all()) {
            ParseResult[] result = new ParseResult[1];
            Thread usual = new Thread(
                    null,
                    () -> result[0] = SqlParser.parse(sql, dialect, ParseLimits.DEFAULT),
                    "usual stack",
                    1024 * 1024);
            usual.start();
            usual.join();

            assertThat(result[0]).as(dialect.name()).isNotNull();
            assertThat(result[0].recoveries()).as(dialect.name()).isNotEmpty();
            assertThat(result[0].recoveries())
                    .as(dialect.name())
                    .noneMatch(each -> each.reason().contains("stack"));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "select a|::int",
                "select a|[1]",
                "select a| is null",
                "select * from t| pivot(sum(a) for b in (1))",
                "(select 1) limit 1| union (select 1) limit 1"
            })
    void chainsThatNestToTheLeftAreBounded(String head, String link) {
        assertThat(parse(head + link.repeat(50)).recoveries()).isEmpty();
        assertThat(parse(head + link.repeat(10_000)).recoveries()).isNotEmpty();
    }

    @Test
    void nestingBelowTheLimitParses() {
        String sql = "select " + "(".repeat(150) + "1" + ")".repeat(150);

        assertThat(parse(sql).recoveries()).isEmpty();
    }

    @Test
    void tooLongATextIsOneUnparsedStatement() {
        ParseResult result = SqlParser.parse("select 12345", Dialect.named("ansi"), new ParseLimits(5, 100, 10));

        assertThat(result.statements()).singleElement().isInstanceOf(Statement.Unparsed.class);
        assertThat(result.recoveries().get(0).reason()).contains("longer than 5");
    }

    @Test
    void tooManyTokensAreReported() {
        ParseResult result =
                SqlParser.parse("select a, b, c, d, e from t", Dialect.named("ansi"), new ParseLimits(1000, 5, 10));

        assertThat(result.recoveries()).isNotEmpty();
    }

    @Test
    void unclosedBlocksDoNotMultiplyTheWork() {
        ParseResult result =
                SqlParser.parse("begin select 1 \n".repeat(2_000), Dialect.named("tsql"), ParseLimits.DEFAULT);

        assertThat(result.recoveries()).isNotEmpty();
    }

    private static Statement.QueryStatement query(String sql) {
        ParseResult result = parse(sql);
        assertThat(result.recoveries()).isEmpty();
        return (Statement.QueryStatement) result.statements().get(0);
    }

    private static ParseResult parse(String sql) {
        return SqlParser.parse(sql, Dialect.named("postgres"), ParseLimits.DEFAULT);
    }
}
