package io.tailwater.lineage.sql.parse;

import static io.tailwater.lineage.sql.dialect.Keyword.*;

import io.tailwater.lineage.sql.dialect.Feature;
import io.tailwater.lineage.sql.dialect.Keyword;
import io.tailwater.lineage.sql.tree.Alias;
import io.tailwater.lineage.sql.tree.Expression;
import io.tailwater.lineage.sql.tree.Identifier;
import io.tailwater.lineage.sql.tree.Join;
import io.tailwater.lineage.sql.tree.JoinKind;
import io.tailwater.lineage.sql.tree.Operator;
import io.tailwater.lineage.sql.tree.Relation;
import io.tailwater.lineage.sql.tree.SourceRange;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Chains of joins. */
final class Joins extends GrammarPart {

    Joins(Grammar grammar) {
        super(grammar);
    }

    /** {@code first} and whatever is joined to it. */
    Relation joined(int mark, Relation first) {
        List<Join> joins = null;
        int closed = 0;
        while (true) {
            Join join = join();
            if (join == null) {
                return joins == null ? first : new Relation.Joined(first, List.copyOf(joins), null, rangeFrom(mark));
            }
            if (joins == null) {
                joins = new ArrayList<>(4);
            }
            joins.add(join);
            while (atAny(ON, USING) && closeOuter(joins)) {
                cursor.boundChain(++closed);
                // {@code a JOIN b JOIN c ON … ON …}: the last condition was for the join before
            }
        }
    }

    /** Gives the condition that stands here to the last join without one, which thereby takes the joins behind it as its right side. */
    private boolean closeOuter(List<Join> joins) {
        int open = joins.size() - 2;
        while (open >= 0 && !needsCondition(joins.get(open))) {
            open--;
        }
        if (open < 0) {
            return false;
        }
        Join outer = joins.get(open);
        List<Join> inner = List.copyOf(joins.subList(open + 1, joins.size()));
        SourceRange innerRange = new SourceRange(
                outer.right().range().start(),
                inner.get(inner.size() - 1).range().end());
        Relation right = new Relation.Joined(outer.right(), inner, null, innerRange);
        Condition condition = condition();
        joins.subList(open, joins.size()).clear();
        SourceRange range = new SourceRange(
                outer.range().start(), rangeFrom(cursor.index - 1).end());
        joins.add(
                new Join(outer.kind(), outer.natural(), right, condition.on, condition.using, outer.lateral(), range));
        return true;
    }

    private static boolean needsCondition(Join join) {
        return join.on() == null
                && join.using().isEmpty()
                && !join.natural()
                && join.kind() != JoinKind.CROSS
                && !join.lateral();
    }

    /** What stands behind ON or USING; nothing when neither does. */
    private record Condition(@Nullable Expression on, List<Identifier> using) {}

    private Condition condition() {
        Expression on = null;
        List<Identifier> using = List.of();
        if (at(MATCH_CONDITION)) {
            advance();
            on = grammar.primaries.parenthesised();
        }
        if (accept(ON)) {
            Expression condition = grammar.expressions.expression();
            on = on == null ? condition : and(on, condition);
        } else if (at(USING) && !next(SAMPLE)) {
            advance();
            using = at('(') ? grammar.names.list() : commaSeparated(grammar.names::name);
            if (accept(AS)) {
                grammar.names.anyName();
            }
        }
        return new Condition(on, using);
    }

    /** {@code (left, right)}: a cross join in parentheses. */
    Relation comma(int mark, Relation left, Relation right) {
        Join join = new Join(JoinKind.CROSS, false, right, null, List.of(), false, right.range());
        return new Relation.Joined(left, List.of(join), null, rangeFrom(mark));
    }

    /** Gives a relation that stood in parentheses the alias behind them. */
    Relation aliased(int mark, Relation inner) {
        Alias alias = grammar.relationTails.modifiersAndAlias(new ArrayList<>(0));
        if (alias == null) {
            return inner;
        }
        List<Join> joins =
                inner instanceof Relation.Joined joined && joined.alias() == null ? joined.joins() : List.of();
        Relation first = inner instanceof Relation.Joined joined && joined.alias() == null ? joined.first() : inner;
        return new Relation.Joined(first, joins, alias, rangeFrom(mark));
    }

    /** What the words before JOIN say. */
    private static final class Words {
        boolean natural;
        boolean left;
        boolean right;
        boolean full;
        boolean cross;
        boolean semi;
        boolean anti;
        boolean asof;
        boolean positional;
        boolean array;
    }

    /** One join, or null when none starts here. */
    @Nullable
    Join join() {
        int mark = mark();
        Words words = new Words();
        while (word(words)) {
            advance();
        }
        if (at(APPLY) && (words.cross || mark != mark() && !words.cross)) {
            return apply(mark, words.cross);
        }
        boolean straight = accept(STRAIGHT_JOIN);
        if (!straight && !accept(JOIN)) {
            cursor.index = mark;
            return null;
        }
        return words.array ? arrayJoin(mark, words.left) : conditioned(mark, words);
    }

    /** Notes one word that may stand before JOIN; false when the current one is none. */
    private boolean word(Words words) {
        Keyword keyword = cursor.keyword(0);
        if (keyword == null) {
            return false;
        }
        switch (keyword) {
            case NATURAL -> words.natural = true;
            case LEFT -> words.left = true;
            case RIGHT -> words.right = true;
            case FULL -> words.full = true;
            case CROSS -> words.cross = true;
            case SEMI -> words.semi = true;
            case ANTI -> words.anti = true;
            case ASOF -> words.asof = true;
            case POSITIONAL, PASTE -> words.positional = true;
            case ARRAY -> words.array = true;
            case INNER,
                    OUTER,
                    GLOBAL,
                    LOCAL,
                    ANY,
                    ALL,
                    HASH,
                    LOOP,
                    REMOTE,
                    BROADCAST,
                    LOOKUP,
                    INTERVAL,
                    DIRECTED,
                    NULLAWARE -> {}
            case SEMIALL -> words.semi = true;
            case MERGE -> {
                return next(JOIN);
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private Join apply(int mark, boolean cross) {
        expect(APPLY);
        Relation right = grammar.relations.single();
        JoinKind kind = cross ? JoinKind.CROSS_APPLY : JoinKind.OUTER_APPLY;
        return new Join(kind, false, right, null, List.of(), true, rangeFrom(mark));
    }

    private Join arrayJoin(int mark, boolean left) {
        int arrays = mark();
        List<Expression> elements = commaSeparated(this::aliasedArray);
        Expression.FunctionCall call = grammar.calls.invented("ARRAY_JOIN", elements, arrays);
        Relation right = new Relation.TableFunction(call, true, List.of(), null, List.of(), null, rangeFrom(arrays));
        return new Join(
                left ? JoinKind.LEFT_ARRAY : JoinKind.ARRAY, false, right, null, List.of(), true, rangeFrom(mark));
    }

    private Expression aliasedArray() {
        int mark = mark();
        Expression value = grammar.expressions.expression();
        return accept(AS) ? new Expression.Aliased(value, grammar.names.anyName(), rangeFrom(mark)) : value;
    }

    private Join conditioned(int mark, Words words) {
        skipHint();
        boolean lateral = at(LATERAL);
        Relation right = grammar.relations.single();
        Condition condition = condition();
        return new Join(kind(words), words.natural, right, condition.on, condition.using, lateral, rangeFrom(mark));
    }

    private static Expression and(Expression left, Expression right) {
        Operator operator = new Operator(Operator.Kind.AND, "AND");
        SourceRange range = new SourceRange(left.range().start(), right.range().end());
        return new Expression.Operation(List.of(operator), List.of(left, right), range);
    }

    /** Impala's {@code JOIN [SHUFFLE] t}. */
    private void skipHint() {
        if (at('[') && cursor.at(2, ']') && !has(Feature.BRACKET_NAMES)) {
            advance();
            advance();
            advance();
        }
    }

    private static JoinKind kind(Words words) {
        if (words.semi) {
            return words.right ? JoinKind.RIGHT_SEMI : JoinKind.SEMI;
        }
        if (words.anti) {
            return words.right ? JoinKind.RIGHT_ANTI : JoinKind.ANTI;
        }
        if (words.asof) {
            return words.left || words.full ? JoinKind.ASOF_LEFT : JoinKind.ASOF;
        }
        if (words.positional) {
            return JoinKind.POSITIONAL;
        }
        if (words.cross) {
            return JoinKind.CROSS;
        }
        return words.full ? JoinKind.FULL : words.left ? JoinKind.LEFT : words.right ? JoinKind.RIGHT : JoinKind.INNER;
    }
}
