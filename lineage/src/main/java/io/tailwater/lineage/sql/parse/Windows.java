package io.tailwater.lineage.sql.parse;

import static io.tailwater.lineage.sql.dialect.Keyword.*;

import io.tailwater.lineage.sql.dialect.Precedence;
import io.tailwater.lineage.sql.parse.Tokens.Kind;
import io.tailwater.lineage.sql.tree.Expression;
import io.tailwater.lineage.sql.tree.Frame;
import io.tailwater.lineage.sql.tree.Identifier;
import io.tailwater.lineage.sql.tree.NamedWindow;
import io.tailwater.lineage.sql.tree.OrderItem;
import io.tailwater.lineage.sql.tree.Window;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Windows, their frames, and ORDER BY lists. */
final class Windows extends GrammarPart {

    Windows(Grammar grammar) {
        super(grammar);
    }

    /** What follows OVER. */
    Window over() {
        int mark = mark();
        if (!at('(')) {
            Identifier name = grammar.names.anyName();
            return new Window(name, List.of(), List.of(), null, rangeFrom(mark));
        }
        return specification();
    }

    private Window specification() {
        int mark = mark();
        expect('(');
        boolean named = grammar.names.atName()
                        && !atAny(PARTITION, ORDER, ROWS, RANGE, GROUPS, DISTRIBUTE, SORT, CLUSTER, RESET)
                || at(Kind.TEMPLATE);
        Identifier base = named ? grammar.names.name() : null;
        List<Expression> partitionBy = List.of();
        if (acceptAny(PARTITION, DISTRIBUTE, CLUSTER)) {
            expect(BY);
            partitionBy = commaSeparated(grammar.expressions::expression);
        }
        List<OrderItem> orderBy = atAny(ORDER, SORT) ? orderBy() : List.of();
        if (accept(RESET)) {
            skipUntil(() -> atAny(ROWS, RANGE, GROUPS));
        }
        Frame frame = atAny(ROWS, RANGE, GROUPS) ? frame() : null;
        expect(')');
        return new Window(base, partitionBy, orderBy, frame, rangeFrom(mark));
    }

    private Frame frame() {
        int mark = mark();
        String unit = takeWord();
        Expression start;
        Expression end = null;
        if (accept(BETWEEN)) {
            start = bound();
            expect(AND);
            end = bound();
        } else {
            start = bound();
        }
        return new Frame(unit, start, end, exclusion(), rangeFrom(mark));
    }

    private @Nullable String exclusion() {
        if (!accept(EXCLUDE)) {
            return null;
        }
        String first = takeWord();
        return at(Kind.WORD) ? first + " " + takeWord() : first;
    }

    private Expression bound() {
        int mark = mark();
        if (at(CURRENT) && next(ROW)) {
            advance();
            advance();
            return new Expression.Symbol("CURRENT ROW", rangeFrom(mark));
        }
        Expression distance = accept(UNBOUNDED)
                ? new Expression.Symbol("UNBOUNDED", rangeFrom(mark))
                : grammar.expressions.expression(Precedence.OTHER);
        if (!atAny(PRECEDING, FOLLOWING)) {
            throw error("PRECEDING or FOLLOWING");
        }
        return new Expression.Unary(takeWord(), distance, true, rangeFrom(mark));
    }

    /** {@code ORDER [SIBLINGS] BY keys}, or Hive's {@code SORT BY keys}. */
    List<OrderItem> orderBy() {
        advance();
        accept(SIBLINGS);
        expect(BY);
        return orderItems();
    }

    List<OrderItem> orderItems() {
        return commaSeparated(this::orderItem);
    }

    private OrderItem orderItem() {
        int mark = mark();
        Expression value = orderValue(mark);
        if (at(AS)) {
            advance();
            value = new Expression.Aliased(value, grammar.names.anyName(), rangeFrom(mark));
        }
        boolean descending = false;
        Boolean nullsFirst = null;
        while (true) {
            if (at(USING) && (nextKind() == Kind.SYMBOL || next(OPERATOR))) {
                advance();
                boolean operator = at(OPERATOR);
                advance();
                if (operator) {
                    skipParenthesised();
                }
            } else if (acceptAny(ASC, ASCENDING)) {
                continue;
            } else if (acceptAny(DESC, DESCENDING)) {
                descending = true;
            } else if (accept(NULLS)) {
                nullsFirst = at(FIRST);
                advance();
            } else {
                skipFill();
                return new OrderItem(value, descending, nullsFirst, rangeFrom(mark));
            }
        }
    }

    private Expression orderValue(int mark) {
        if (at(ALL) && !next('.') && !next('(')) {
            advance();
            return new Expression.Symbol("ALL", rangeFrom(mark));
        }
        return grammar.expressions.expression();
    }

    /** ClickHouse's {@code WITH FILL FROM a TO b STEP c}. */
    private void skipFill() {
        if (accept(WITH, FILL)) {
            while (acceptAny(FROM, TO, STEP, STALENESS)) {
                grammar.expressions.expression();
            }
        }
    }

    /** {@code name AS (specification)}. */
    NamedWindow named() {
        int mark = mark();
        Identifier name = grammar.names.name();
        expect(AS);
        return new NamedWindow(name, at('(') ? specification() : over(), rangeFrom(mark));
    }
}
