package io.tailwater.lineage.sql.parse;

import static io.tailwater.lineage.sql.dialect.Keyword.*;

import io.tailwater.lineage.sql.dialect.Feature;
import io.tailwater.lineage.sql.dialect.Infix;
import io.tailwater.lineage.sql.dialect.Keyword;
import io.tailwater.lineage.sql.dialect.Precedence;
import io.tailwater.lineage.sql.dialect.Symbols;
import io.tailwater.lineage.sql.parse.Tokens.Kind;
import io.tailwater.lineage.sql.tree.CaseBranch;
import io.tailwater.lineage.sql.tree.Expression;
import io.tailwater.lineage.sql.tree.Operator;
import io.tailwater.lineage.sql.tree.Quantifier;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Expressions by precedence: prefix operators, chains of infix operators, predicates in between. */
final class Expressions extends GrammarPart {

    private static final Infix WORD_AND = word(Operator.Kind.AND, "AND", Precedence.AND);
    private static final Infix WORD_OR = word(Operator.Kind.OR, "OR", Precedence.OR);
    private static final Infix WORD_XOR = word(Operator.Kind.XOR, "XOR", Precedence.OR);
    private static final Infix WORD_DIV = word(Operator.Kind.ARITHMETIC, "DIV", Precedence.MULTIPLY);
    private static final Infix WORD_MOD = word(Operator.Kind.ARITHMETIC, "MOD", Precedence.MULTIPLY);
    private static final Infix WORD_OVERLAPS = word(Operator.Kind.OTHER, "OVERLAPS", Precedence.COMPARE);
    private static final Infix WORD_SOUNDS = word(Operator.Kind.OTHER, "SOUNDS LIKE", Precedence.COMPARE);
    private static final Infix WORD_MEMBER = word(Operator.Kind.OTHER, "MEMBER OF", Precedence.COMPARE);
    private static final Infix WORD_OPERATOR = word(Operator.Kind.OTHER, "OPERATOR", Precedence.OTHER);
    private static final Infix WORD_CONTAINS = word(Operator.Kind.OTHER, "CONTAINS", Precedence.COMPARE);
    private static final Infix WORD_MULTISET = word(Operator.Kind.OTHER, "MULTISET UNION", Precedence.ADD);
    private static final Infix WORD_EQUAL = word(Operator.Kind.EQUAL, "=", Precedence.COMPARE);
    private static final Infix WORD_NOT_EQUAL = word(Operator.Kind.NOT_EQUAL, "<>", Precedence.COMPARE);
    private static final Infix SPACED_COMPARE = word(Operator.Kind.COMPARE, "<=", Precedence.COMPARE);
    private static final Infix SPACED_NOT_EQUAL = word(Operator.Kind.NOT_EQUAL, "<>", Precedence.COMPARE);
    private static final Infix WORD_COMPARE = word(Operator.Kind.COMPARE, "<", Precedence.COMPARE);
    private static final Infix QUESTION = word(Operator.Kind.OTHER, "?", Precedence.OTHER);
    private static final Infix AT_SIGN = word(Operator.Kind.OTHER, "@", Precedence.OTHER);

    private static final int DOUBLE_BANG = Symbols.code("!!");

    Expressions(Grammar grammar) {
        super(grammar);
    }

    private static Infix word(Operator.Kind kind, String symbol, int precedence) {
        return new Infix(new Operator(kind, symbol), precedence);
    }

    /** A whole expression. */
    Expression expression() {
        return nested(0);
    }

    /** An expression without assignment or comparison, as in {@code name = value} lists. */
    Expression operand() {
        return nested(Precedence.OTHER);
    }

    private Expression nested(int minimum) {
        cursor.enter();
        Expression expression = expression(minimum);
        cursor.leave();
        return expression;
    }

    /** An expression of operators that bind at least as strongly as {@code minimum}. */
    Expression expression(int minimum) {
        int mark = mark();
        Expression left = prefix();
        for (int length = 0; true; length++) {
            cursor.boundChain(length);
            Infix infix = infix();
            if (infix != null) {
                if (infix.precedence() < minimum) {
                    return left;
                }
                left = chain(mark, left, infix);
            } else if (minimum <= Precedence.PREDICATE && grammar.predicates.at()) {
                left = grammar.predicates.predicate(mark, left);
            } else if (minimum == 0 && at('?') && has(Feature.CLICKHOUSE_CLAUSES)) {
                left = ternary(mark, left);
            } else {
                return left;
            }
        }
    }

    private Expression chain(int mark, Expression first, Infix infix) {
        List<Operator> operators = new ArrayList<>(2);
        List<Expression> operands = new ArrayList<>(3);
        operands.add(first);
        int precedence = infix.precedence();
        for (Infix next = infix; next != null && next.precedence() == precedence; next = infix()) {
            takeOperator(next);
            operators.add(next.operator());
            operands.add(right(precedence));
        }
        return new Expression.Operation(List.copyOf(operators), List.copyOf(operands), rangeFrom(mark));
    }

    private Expression right(int precedence) {
        if (atAny(ANY, ALL, SOME) && next('(')) {
            return quantified();
        }
        return expression(precedence + 1);
    }

    /** {@code ANY (…)}. */
    Expression quantified() {
        int mark = mark();
        Quantifier quantifier = at(ALL) ? Quantifier.ALL : Quantifier.ANY;
        advance();
        Expression operand = grammar.primaries.parenthesised();
        return new Expression.Quantified(quantifier, operand, rangeFrom(mark));
    }

    private Expression ternary(int mark, Expression condition) {
        expect('?');
        Expression yes = expression();
        expect(':');
        Expression no = expression();
        CaseBranch branch = new CaseBranch(condition, yes, rangeFrom(mark));
        return new Expression.Case(null, List.of(branch), no, rangeFrom(mark));
    }

    /** The infix operator here, if any; predicates with syntax of their own are not among them. */
    private @Nullable Infix infix() {
        return switch (cursor.kind(0)) {
            case SYMBOL -> symbolInfix(cursor.tokens.code(cursor.index));
            case WORD -> wordInfix(cursor.keyword(0));
            case QUOTED, STRING, NUMBER, VARIABLE, STAGE, TEMPLATE, BAD, END -> null;
        };
    }

    private @Nullable Infix symbolInfix(int code) {
        if (next('=') && (code == '<' || code == '>' || code == '!' || code == '^')) {
            return code == '<' || code == '>' ? SPACED_COMPARE : SPACED_NOT_EQUAL;
        }
        if (code == '?' && has(Feature.QUESTION_OPERATORS)) {
            return QUESTION;
        }
        if (code == '@' && !has(Feature.AT_VARIABLES)) {
            return AT_SIGN;
        }
        return dialect().infix(code);
    }

    private @Nullable Infix wordInfix(@Nullable Keyword keyword) {
        if (keyword == null) {
            return null;
        }
        return switch (keyword) {
            case AND -> WORD_AND;
            case OR -> WORD_OR;
            case XOR -> WORD_XOR;
            case DIV -> WORD_DIV;
            case MOD -> next('(') && !startsOperand() ? null : WORD_MOD;
            case OVERLAPS -> WORD_OVERLAPS;
            case SOUNDS -> next(LIKE) ? WORD_SOUNDS : null;
            case MEMBER -> next(OF) ? WORD_MEMBER : null;
            case OPERATOR -> next('(') ? WORD_OPERATOR : null;
            case CONTAINS -> startsOperand() ? WORD_CONTAINS : null;
            case MULTISET -> next(UNION) || next(EXCEPT) || next(INTERSECT) ? WORD_MULTISET : null;
            case GT, GE, LT, LE -> startsOperand() ? WORD_COMPARE : null;
            case NOT -> next('=') ? SPACED_NOT_EQUAL : null;
            case EQ -> startsOperand() ? WORD_EQUAL : null;
            case NE -> startsOperand() ? WORD_NOT_EQUAL : null;
            default -> null;
        };
    }

    private boolean startsOperand() {
        Kind kind = nextKind();
        return kind == Kind.NUMBER
                || kind == Kind.STRING
                || kind == Kind.QUOTED
                || kind == Kind.WORD && nextKeyword() == null
                || next('(');
    }

    private void takeOperator(Infix infix) {
        boolean twoWords =
                infix == SPACED_COMPARE || infix == SPACED_NOT_EQUAL || at(SOUNDS) || at(MEMBER) || at(MULTISET);
        boolean qualified = at(OPERATOR);
        advance();
        if (twoWords) {
            advance();
            acceptAny(ALL, DISTINCT);
        } else if (qualified && infix == WORD_OPERATOR) {
            skipParenthesised();
        }
    }

    private Expression prefix() {
        int mark = mark();
        if (at(NOT)) {
            return unary(mark, "NOT", Precedence.NOT);
        }
        if (at(Kind.SYMBOL) && isPrefixSymbol(cursor.tokens.code(mark))) {
            return unary(mark, cursor.text(mark), Precedence.UNARY);
        }
        if (atAny(PRIOR, CONNECT_BY_ROOT, BINARY) && startsPrefixed()) {
            return unary(mark, Upper.of(cursor.text(mark)), Precedence.UNARY);
        }
        return grammar.primaries.primary();
    }

    private boolean startsPrefixed() {
        Kind kind = nextKind();
        boolean value = kind == Kind.QUOTED
                || kind == Kind.STRING && at(BINARY)
                || kind == Kind.WORD && !isReserved(nextKeyword());
        return value || next('(') && !at(BINARY);
    }

    private boolean isReserved(@Nullable Keyword keyword) {
        return keyword != null && dialect().reserves(keyword);
    }

    private boolean isPrefixSymbol(int code) {
        return code == '-'
                || code == '+'
                || code == '~'
                || code == '!'
                || code == DOUBLE_BANG
                || code == '@' && !has(Feature.AT_VARIABLES);
    }

    private Expression unary(int mark, String operator, int precedence) {
        cursor.enter();
        advance();
        Expression operand = expression(precedence);
        cursor.leave();
        return new Expression.Unary(operator, operand, false, rangeFrom(mark));
    }
}
