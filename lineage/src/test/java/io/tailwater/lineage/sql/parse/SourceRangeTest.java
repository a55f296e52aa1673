package io.tailwater.lineage.sql.parse;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwater.lineage.sql.dialect.Dialect;
import io.tailwater.lineage.sql.tree.Expression;
import io.tailwater.lineage.sql.tree.Identifier;
import io.tailwater.lineage.sql.tree.Node;
import io.tailwater.lineage.sql.tree.Query;
import io.tailwater.lineage.sql.tree.QuoteStyle;
import io.tailwater.lineage.sql.tree.Select;
import io.tailwater.lineage.sql.tree.SelectItem;
import io.tailwater.lineage.sql.tree.Statement;
import java.util.function.BiConsumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SourceRangeTest {

    static Iterable<Samples.Sample> samples() {
        return Samples.ALL;
    }

    @ParameterizedTest
    @MethodSource("samples")
    void samplesParseWithoutRecovery(Samples.Sample sample) {
        assertThat(parse(sample).recoveries()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void rangesOfChildrenLieWithinTheirParents(Samples.Sample sample) {
        walk(sample, (parent, child) -> {
            boolean elsewhere =
                    parent instanceof io.tailwater.lineage.sql.tree.Dml.MultiInsert || isShared(parent, child);
            if (!elsewhere) {
                assertThat(parent.range().contains(child.range()))
                        .as("%s in %s", TreeText.of(child), TreeText.of(parent))
                        .isTrue();
            }
        });
    }

    /** Hive's inserts share a relation that stands before them; what a text only implies stands where it would be written. */
    private static boolean isShared(Node parent, Node child) {
        return parent instanceof Select
                && child.range().start() < parent.range().start();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void identifiersAreTheTextOfTheirRanges(Samples.Sample sample) {
        walk(sample, (parent, child) -> {
            if (child instanceof Identifier name && name.quote() == QuoteStyle.NONE && isWritten(parent, name)) {
                assertThat(name.range().of(sample.sql())).isEqualTo(name.text());
            }
        });
    }

    /** Some calls get a name that stands nowhere in the text; it is in capitals and its range is that of the whole. */
    private static boolean isWritten(Node parent, Identifier name) {
        return !name.text().isEmpty()
                && !(parent.range().equals(name.range())
                        && name.text().equals(name.text().toUpperCase(java.util.Locale.ROOT)));
    }

    @ParameterizedTest
    @MethodSource("samples")
    void expressionsParseAgainFromTheirRanges(Samples.Sample sample) {
        walk(sample, (parent, child) -> {
            if (child instanceof Expression expression
                    && parent instanceof SelectItem
                    && !(expression instanceof Expression.Star)) {
                String text = expression.range().of(sample.sql());
                assertThat(TreeText.of(expressionOf(sample, text))).isEqualTo(TreeText.of(expression));
            }
        });
    }

    /** Anywhere, not only in a select list. Words that only the place makes expressions are left out. */
    @ParameterizedTest
    @MethodSource("samples")
    void columnsLiteralsCallsAndOperationsParseAgainFromTheirRanges(Samples.Sample sample) {
        walk(sample, (parent, child) -> {
            boolean whole = child instanceof Expression.ColumnReference
                    || child instanceof Expression.Literal
                    || child instanceof Expression.FunctionCall
                    || child instanceof Expression.Operation
                    || child instanceof Expression.Case
                    || child instanceof Expression.Cast
                    || child instanceof Expression.Subquery
                    || child instanceof Expression.Exists;
            if (whole && parent instanceof Expression && isPlain(parent)) {
                Expression expression = (Expression) child;
                String text = expression.range().of(sample.sql());
                assertThat(TreeText.of(expressionOf(sample, text)))
                        .as("%s in %s", text, sample.sql())
                        .isEqualTo(TreeText.of(expression));
            }
        });
    }

    private static boolean isPlain(Node parent) {
        return parent instanceof Expression.Operation
                || parent instanceof Expression.Unary
                || parent instanceof Expression.Between
                || parent instanceof Expression.Is
                || parent instanceof Expression.In;
    }

    @ParameterizedTest
    @MethodSource("samples")
    void queriesParseAgainFromTheirRanges(Samples.Sample sample) {
        walk(sample, (parent, child) -> {
            boolean embedded = sample.sql().contains("''");
            if (child instanceof Query query && !embedded && !isHiveInsert(parent)) {
                String text = query.range().of(sample.sql());
                ParseResult again = SqlParser.parse(text, Dialect.named(sample.dialect()), ParseLimits.DEFAULT);
                assertThat(again.recoveries()).as(text).isEmpty();
                assertThat(again.statements()).hasSize(1);
                Statement statement = again.statements().get(0);
                assertThat(TreeText.of(((Statement.QueryStatement) statement).query()))
                        .isEqualTo(TreeText.of(query));
            }
        });
    }

    private static boolean isHiveInsert(Node parent) {
        return parent instanceof io.tailwater.lineage.sql.tree.Dml.Insert insert
                && insert.query() != null
                && insert.query().body() instanceof Select select
                && !select.from().isEmpty()
                && select.from().get(0).range().start() < select.range().start();
    }

    private static Expression expressionOf(Samples.Sample sample, String text) {
        ParseResult again = SqlParser.parse("select " + text, Dialect.named(sample.dialect()), ParseLimits.DEFAULT);
        Query query = ((Statement.QueryStatement) again.statements().get(0)).query();
        return ((Select) query.body()).items().get(0).value();
    }

    private static ParseResult parse(Samples.Sample sample) {
        return SqlParser.parse(sample.sql(), Dialect.named(sample.dialect()), ParseLimits.DEFAULT);
    }

    private static void walk(Samples.Sample sample, BiConsumer<Node, Node> visit) {
        parse(sample).statements().forEach(statement -> walk(statement, visit));
    }

    private static void walk(Node parent, BiConsumer<Node, Node> visit) {
        for (Node child : parent.children()) {
            visit.accept(parent, child);
            walk(child, visit);
        }
    }
}
