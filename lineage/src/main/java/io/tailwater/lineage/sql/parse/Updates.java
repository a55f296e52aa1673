package io.tailwater.lineage.sql.parse;

import static io.tailwater.lineage.sql.dialect.Keyword.*;

import io.tailwater.lineage.sql.dialect.Symbols;
import io.tailwater.lineage.sql.tree.Assignment;
import io.tailwater.lineage.sql.tree.Dml;
import io.tailwater.lineage.sql.tree.Expression;
import io.tailwater.lineage.sql.tree.Limit;
import io.tailwater.lineage.sql.tree.OrderItem;
import io.tailwater.lineage.sql.tree.QualifiedName;
import io.tailwater.lineage.sql.tree.Relation;
import io.tailwater.lineage.sql.tree.SelectItem;
import io.tailwater.lineage.sql.tree.Statement;
import io.tailwater.lineage.sql.tree.With;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** UPDATE and DELETE. */
final class Updates extends GrammarPart {

    private static final int COLON_EQUALS = Symbols.code(":=");

    Updates(Grammar grammar) {
        super(grammar);
    }

    Statement update(int mark, @Nullable With with) {
        advance();
        skipWords();
        Relation target = targets();
        List<Relation> from = accept(FROM) ? grammar.relations.list() : List.of();
        skipPartitionOfUpdate();
        expect(SET);
        List<Assignment> assignments = commaSeparated(this::assignment);
        List<SelectItem> output = output();
        if (accept(FROM)) {
            from = grammar.relations.list();
        }
        Tail tail = tail();
        tail.returning = output.isEmpty() ? tail.returning : output;
        return new Dml.Update(
                with, target, assignments, from, tail.where, tail.orderBy, tail.limit, tail.returning, rangeFrom(mark));
    }

    private void skipWords() {
        while (acceptAny(LOW_PRIORITY, IGNORE, QUICK) || at(OR) || at(TOP)) {
            if (accept(OR)) {
                advance();
            } else if (accept(TOP)) {
                skipParenthesised();
                accept(PERCENT);
            }
        }
    }

    /** ClickHouse's and others' {@code IN PARTITION p}, {@code FOR PORTION OF …}. */
    private void skipPartitionOfUpdate() {
        if (!at(SET)) {
            skipUntil(() -> at(SET));
        }
    }

    /** The target; in MySQL several, separated by commas. */
    private Relation targets() {
        int mark = mark();
        Relation target = grammar.relations.relation();
        while (accept(',')) {
            target = grammar.joins.comma(mark, target, grammar.relations.relation());
        }
        return target;
    }

    /** {@code column = value}, {@code (a, b) = query}, {@code a = DEFAULT}, {@code @v = a = 1}. */
    Assignment assignment() {
        int mark = mark();
        List<QualifiedName> columns =
                at('(') ? parenthesised(grammar.names::qualifiedAny) : List.of(grammar.names.qualifiedAny());
        while (at('[')) {
            advance();
            skipUntil(() -> at(']'));
            expect(']');
        }
        if (!accept('=') && !accept(COLON_EQUALS)) {
            if (!isCompound()) {
                throw error("'='");
            }
            advance();
        }
        Expression value = grammar.expressions.expression();
        return new Assignment(columns, value, rangeFrom(mark));
    }

    private boolean isCompound() {
        return at(Symbols.code("+="))
                || at(Symbols.code("-="))
                || at(Symbols.code("*="))
                || at(Symbols.code("/="))
                || at(Symbols.code("%="))
                || at(Symbols.code("|="))
                || at(Symbols.code("&="));
    }

    private static final class Tail {
        @Nullable
        Expression where;

        List<OrderItem> orderBy = List.of();

        @Nullable
        Limit limit;

        List<SelectItem> returning = List.of();
    }

    private Tail tail() {
        Tail tail = new Tail();
        if (accept(WHERE)) {
            if (accept(CURRENT)) {
                expect(OF);
                grammar.names.anyName();
            } else {
                tail.where = grammar.expressions.expression();
            }
        }
        if (at(ORDER)) {
            tail.orderBy = grammar.windows.orderBy();
        }
        if (at(LIMIT)) {
            int mark = mark();
            advance();
            Expression count = grammar.expressions.expression();
            Expression second = accept(',') || accept(OFFSET) ? grammar.expressions.expression() : null;
            tail.limit = new Limit(count, second, false, false, List.of(), rangeFrom(mark));
        }
        if (at(OPTION) && next('(')) {
            advance();
            skipParenthesised();
        }
        if (accept(PREFERRING)) {
            skipUntil(() -> at(RETURNING));
        }
        tail.returning = returning();
        return tail;
    }

    /** RETURNING, if it stands here. */
    List<SelectItem> returning() {
        if (!acceptAny(RETURNING, RETURN)) {
            return List.of();
        }
        List<SelectItem> items = grammar.selectItems.items();
        if (at(INTO)) {
            grammar.selects.into();
        } else if (at(BULK)) {
            advance();
            advance();
            grammar.selects.into();
        }
        return items;
    }

    /** T-SQL's OUTPUT clause; items that go into a table of their own are not given back. */
    List<SelectItem> output() {
        if (!accept(OUTPUT)) {
            return List.of();
        }
        List<SelectItem> items = grammar.selectItems.items();
        if (!at(INTO)) {
            return items;
        }
        grammar.selects.into();
        if (at('(')) {
            skipParenthesised();
        }
        return output();
    }

    Statement delete(int mark, @Nullable With with) {
        advance();
        skipWords();
        List<QualifiedName> targets = new ArrayList<>(0);
        boolean history = at(HISTORY, FROM) && accept(HISTORY);
        if (at('*') && next(FROM)) {
            advance();
        }
        if (!at(FROM) && namesBeforeFrom()) {
            targets.addAll(commaSeparated(this::target));
        }
        accept(FROM);
        List<Relation> from = new ArrayList<>(1);
        if (usingFollows()) {
            targets.addAll(commaSeparated(this::target));
        } else {
            from.addAll(grammar.relations.list());
        }
        if (history) {
            skipUntil(() -> atAny(WHERE, LIMIT));
        }
        List<SelectItem> output = output();
        if (acceptAny(USING, FROM)) {
            from.addAll(grammar.relations.list());
        }
        Tail tail = tail();
        tail.returning = output.isEmpty() ? tail.returning : output;
        return new Dml.Delete(
                with,
                List.copyOf(targets),
                List.copyOf(from),
                tail.where,
                tail.orderBy,
                tail.limit,
                tail.returning,
                rangeFrom(mark));
    }

    private QualifiedName target() {
        QualifiedName name = grammar.names.table();
        if (accept('.')) {
            expect('*');
        }
        return name;
    }

    /** MySQL's and T-SQL's {@code DELETE a, b FROM …}. */
    private boolean namesBeforeFrom() {
        int ahead = 0;
        while (Names.isNameStart(cursor.kind(ahead)) && !cursor.at(ahead, FROM)
                || cursor.at(ahead, '.')
                || cursor.at(ahead, ',')
                || cursor.at(ahead, '*')) {
            if (cursor.at(ahead, WHERE) || cursor.at(ahead, OUTPUT)) {
                return false;
            }
            ahead++;
        }
        return ahead > 0 && cursor.at(ahead, FROM);
    }

    /** MySQL's {@code DELETE FROM a, b USING …}: several names before USING. */
    private boolean usingFollows() {
        int ahead = 0;
        boolean several = false;
        while (Names.isNameStart(cursor.kind(ahead)) && !cursor.at(ahead, USING)
                || cursor.at(ahead, '.')
                || cursor.at(ahead, ',')
                || cursor.at(ahead, '*')) {
            several |= cursor.at(ahead, ',') || cursor.at(ahead, '*');
            ahead++;
        }
        return several && cursor.at(ahead, USING);
    }
}
