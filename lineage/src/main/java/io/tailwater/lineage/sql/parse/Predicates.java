package io.tailwater.lineage.sql.parse;

import static io.tailwater.lineage.sql.dialect.Keyword.*;

import io.tailwater.lineage.sql.dialect.Keyword;
import io.tailwater.lineage.sql.dialect.Precedence;
import io.tailwater.lineage.sql.tree.Expression;
import io.tailwater.lineage.sql.tree.IsTest;
import io.tailwater.lineage.sql.tree.LikeKind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Predicates with words: IS, IN, BETWEEN, LIKE and its relatives. */
final class Predicates extends GrammarPart {

    Predicates(Grammar grammar) {
        super(grammar);
    }

    /** Whether one starts here, behind its first operand. */
    boolean at() {
        Keyword keyword = cursor.keyword(0);
        if (keyword == null) {
            return false;
        }
        return switch (keyword) {
            case IS, ISNULL, NOTNULL -> true;
            case NOT -> isPredicate(nextKeyword()) || next(NULL);
            case GLOBAL -> next(IN) || next(NOT);
            default -> isPredicate(keyword);
        };
    }

    private static boolean isPredicate(@Nullable Keyword keyword) {
        if (keyword == null) {
            return false;
        }
        return switch (keyword) {
            case IN, BETWEEN, LIKE, ILIKE, RLIKE, REGEXP, IREGEXP, REGEXP_LIKE, SIMILAR, GLOB, MATCH -> true;
            default -> false;
        };
    }

    Expression predicate(int mark, Expression value) {
        accept(GLOBAL);
        boolean negated = accept(NOT);
        Keyword keyword = cursor.keyword(0);
        advance();
        if (keyword == null) {
            throw error("a predicate");
        }
        return switch (keyword) {
            case IS -> is(mark, value);
            case ISNULL -> new Expression.Is(value, IsTest.NULL, false, null, rangeFrom(mark));
            case NOTNULL -> new Expression.Is(value, IsTest.NULL, true, null, rangeFrom(mark));
            case NULL -> new Expression.Is(value, IsTest.NULL, negated, null, rangeFrom(mark));
            case IN -> in(mark, value, negated);
            case BETWEEN -> between(mark, value, negated);
            case LIKE -> like(mark, LikeKind.LIKE, value, negated);
            case ILIKE -> like(mark, LikeKind.ILIKE, value, negated);
            case GLOB -> like(mark, LikeKind.GLOB, value, negated);
            case MATCH -> like(mark, LikeKind.MATCH, value, negated);
            case SIMILAR -> similar(mark, value, negated);
            default -> like(mark, LikeKind.REGEXP, value, negated);
        };
    }

    private Expression is(int mark, Expression value) {
        boolean negated = accept(NOT);
        if (accept(NULL)) {
            return new Expression.Is(value, IsTest.NULL, negated, null, rangeFrom(mark));
        }
        if (accept(TRUE)) {
            return new Expression.Is(value, IsTest.TRUE, negated, null, rangeFrom(mark));
        }
        if (accept(FALSE)) {
            return new Expression.Is(value, IsTest.FALSE, negated, null, rangeFrom(mark));
        }
        if (accept(UNKNOWN)) {
            return new Expression.Is(value, IsTest.UNKNOWN, negated, null, rangeFrom(mark));
        }
        if (accept(DISTINCT)) {
            expect(FROM);
            Expression operand = grammar.expressions.expression(Precedence.OTHER);
            return new Expression.Is(value, IsTest.DISTINCT_FROM, negated, operand, rangeFrom(mark));
        }
        return otherTest(mark, value, negated);
    }

    private Expression otherTest(int mark, Expression value, boolean negated) {
        Expression operand = null;
        if (accept(JSON)) {
            acceptAny(VALUE, SCALAR, ARRAY, OBJECT);
            if (acceptAny(WITH, WITHOUT)) {
                accept(UNIQUE);
                acceptAny(KEYS, KEY);
            }
        } else if (acceptAny(DOCUMENT, EMPTY, NORMALIZED, NAN, INFINITE, NFC, NFD, NFKC, NFKD)) {
            accept(NORMALIZED);
        } else if (accept(OF)) {
            accept(TYPE);
            skipParenthesised();
        } else if (accept(A)) {
            accept(SET);
        } else {
            operand = grammar.expressions.expression(Precedence.OTHER);
        }
        return new Expression.Is(value, IsTest.OTHER, negated, operand, rangeFrom(mark));
    }

    private Expression in(int mark, Expression value, boolean negated) {
        List<Expression> candidates;
        if (at('(')) {
            candidates = grammar.primaries.elements();
        } else {
            candidates = List.of(grammar.expressions.expression(Precedence.OTHER));
        }
        return new Expression.In(value, candidates, negated, rangeFrom(mark));
    }

    private Expression between(int mark, Expression value, boolean negated) {
        boolean symmetric = accept(SYMMETRIC);
        if (!symmetric) {
            accept(ASYMMETRIC);
        }
        Expression low = grammar.expressions.expression(Precedence.OTHER);
        expect(AND);
        Expression high = grammar.expressions.expression(Precedence.OTHER);
        return new Expression.Between(value, low, high, negated, symmetric, rangeFrom(mark));
    }

    private Expression similar(int mark, Expression value, boolean negated) {
        accept(TO);
        return like(mark, LikeKind.SIMILAR_TO, value, negated);
    }

    private Expression like(int mark, LikeKind kind, Expression value, boolean negated) {
        accept(BINARY);
        Expression pattern;
        if (atAny(ANY, ALL, SOME) && !next('.')) {
            pattern = grammar.expressions.quantified();
        } else {
            pattern = grammar.expressions.expression(Precedence.OTHER);
        }
        Expression escape = accept(ESCAPE) ? grammar.expressions.expression(Precedence.OTHER) : null;
        return new Expression.Like(kind, value, pattern, escape, negated, rangeFrom(mark));
    }
}
