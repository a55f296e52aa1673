package io.tailwater.lineage.sql.parse;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwater.lineage.sql.dialect.Dialect;
import io.tailwater.lineage.sql.tree.Statement;
import org.junit.jupiter.api.Test;

class RecoveryTest {

    @Test
    void brokenStatementCostsItself() {
        ParseResult result = parse("ansi", "select 1; selekt 2; select 3");

        assertThat(result.statements()).hasSize(3);
        assertThat(result.statements().get(1)).isInstanceOf(Statement.Unparsed.class);
        assertThat(result.recoveries()).hasSize(1);
    }

    @Test
    void brokenClauseCostsItself() {
        ParseResult result = parse("ansi", "select a from t where b = = c group by d order by e");

        assertThat(TreeText.of(result.statements()))
                .contains("groupBy", "orderBy", "unparsed")
                .contains("from: [TableReference(name: t)]");
        assertThat(result.recoveries())
                .singleElement()
                .satisfies(each -> assertThat(each.range().start()).isEqualTo(16));
    }

    @Test
    void brokenItemCostsItself() {
        ParseResult result = parse("ansi", "select a, b + + , c from t");

        assertThat(TreeText.of(result.statements())).contains("value: a", "UnparsedExpression", "value: c");
    }

    @Test
    void brokenRelationCostsItself() {
        ParseResult result = parse("ansi", "select a from t, = x, u where b");

        assertThat(TreeText.of(result.statements())).contains("name: t", "UnparsedRelation", "name: u", "where: b");
    }

    @Test
    void brokenCommonTableCostsItself() {
        ParseResult result = parse("ansi", "with a as (select ) ] 1), b as (select 2) select * from b");

        assertThat(result.recoveries()).isNotEmpty();
    }

    @Test
    void restOfAStatementIsReported() {
        ParseResult result = parse("ansi", "select a from t frobnicate now; select 2");

        assertThat(result.statements()).hasSize(2);
        assertThat(result.recoveries())
                .singleElement()
                .satisfies(each -> assertThat(each.reason()).contains("found now"));
    }

    @Test
    void tagsOfTemplateLanguagesAreReported() {
        ParseResult result = parse("ansi", "select a {% if x %}, b {% endif %} from t");

        assertThat(result.recoveries()).hasSize(2);
    }

    @Test
    void openStringsAndCommentsAreReported() {
        assertThat(parse("ansi", "select 'a").recoveries()).isNotEmpty();
        assertThat(parse("ansi", "select 1 /* a").recoveries()).isNotEmpty();
    }

    @Test
    void emptyTextHasNoStatements() {
        assertThat(parse("ansi", " -- nothing\n;;").statements()).isEmpty();
    }

    private static ParseResult parse(String dialect, String sql) {
        return SqlParser.parse(sql, Dialect.named(dialect), ParseLimits.DEFAULT);
    }
}
