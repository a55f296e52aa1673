package io.tailwater.lineage.sql.parse;

import static io.tailwater.lineage.sql.dialect.Keyword.*;

import io.tailwater.lineage.sql.dialect.Feature;
import io.tailwater.lineage.sql.dialect.Keyword;
import io.tailwater.lineage.sql.tree.Alias;
import io.tailwater.lineage.sql.tree.Expression;
import io.tailwater.lineage.sql.tree.Identifier;
import io.tailwater.lineage.sql.tree.Join;
import io.tailwater.lineage.sql.tree.JoinKind;
import io.tailwater.lineage.sql.tree.Relation;
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
        while (true) {
            Join join = join();
            if (join == null) {
                return joins == null ? first : new Relation.Joined(first, List.copyOf(joins), null, rangeFrom(mark));
            }
            if (joins == null) {
                joins = new ArrayList<>(4);
            }
            joins.add(join);
        }
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
        right = nestedJoins(right);
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
            if (at(AS)) {
                advance();
                grammar.names.anyName();
            }
        }
        return new Join(kind(words), words.natural, right, on, using, lateral, rangeFrom(mark));
    }

    private static Expression and(Expression left, Expression right) {
        io.tailwater.lineage.sql.tree.Operator operator =
                new io.tailwater.lineage.sql.tree.Operator(io.tailwater.lineage.sql.tree.Operator.Kind.AND, "AND");
        io.tailwater.lineage.sql.tree.SourceRange range = new io.tailwater.lineage.sql.tree.SourceRange(
                left.range().start(), right.range().end());
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

    /** {@code a JOIN b JOIN c ON … ON …}: the inner joins come first when one condition more follows. */
    private Relation nestedJoins(Relation right) {
        if (atAny(ON, USING) || !closesLater()) {
            return right;
        }
        int mark = mark();
        Join join = join();
        if (join == null) {
            return right;
        }
        Relation nested = new Relation.Joined(
                right,
                List.of(join),
                null,
                new io.tailwater.lineage.sql.tree.SourceRange(
                        right.range().start(), rangeFrom(mark).end()));
        return nestedJoins(nested);
    }

    /** Whether, of the joins and conditions that follow at this depth, the conditions come to one more than the joins. */
    private boolean closesLater() {
        int open = 0;
        int balance = 1;
        for (int token = cursor.index; token < cursor.tokens.count(); token++) {
            if (cursor.tokens.is(token, '(')) {
                open++;
            } else if (cursor.tokens.is(token, ')')) {
                if (--open < 0) {
                    return false;
                }
            } else if (open == 0) {
                Keyword keyword = cursor.tokens.keyword(token);
                if (cursor.tokens.is(token, ';')
                        || keyword == WHERE
                        || keyword == GROUP
                        || keyword == ORDER
                        || keyword == SELECT
                        || keyword == UNION) {
                    return false;
                }
                if (keyword == JOIN && !cursor.tokens.is(token - 1, CROSS)) {
                    balance++;
                } else if (keyword == ON || keyword == USING) {
                    balance--;
                    if (balance == 0) {
                        return true;
                    }
                }
            }
        }
        return false;
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
