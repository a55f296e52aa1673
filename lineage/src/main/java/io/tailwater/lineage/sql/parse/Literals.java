package io.tailwater.lineage.sql.parse;

import static io.tailwater.lineage.sql.dialect.Keyword.*;

import io.tailwater.lineage.sql.dialect.Symbols;
import io.tailwater.lineage.sql.parse.Tokens.Kind;
import io.tailwater.lineage.sql.tree.Expression;
import io.tailwater.lineage.sql.tree.Expression.Literal;
import io.tailwater.lineage.sql.tree.Expression.Parameter;
import io.tailwater.lineage.sql.tree.LiteralKind;
import io.tailwater.lineage.sql.tree.ParameterKind;

/** Constants and parameters. */
final class Literals extends GrammarPart {

    private static final int DOUBLE_COLON = Symbols.code("::");

    Literals(Grammar grammar) {
        super(grammar);
    }

    /** A string, number or one of the constant words. */
    Expression literal() {
        int mark = mark();
        if (at(Kind.NUMBER)) {
            advance();
            return new Literal(LiteralKind.NUMBER, cursor.text(mark), rangeFrom(mark));
        }
        if (at(Kind.STRING)) {
            return string();
        }
        LiteralKind kind = at(NULL) ? LiteralKind.NULL : at(DEFAULT) ? LiteralKind.DEFAULT : LiteralKind.BOOLEAN;
        return new Literal(kind, takeWord(), rangeFrom(mark));
    }

    /** A string; strings that follow each other are one. */
    Literal string() {
        int mark = mark();
        if (!at(Kind.STRING)) {
            throw error("a string");
        }
        int prefix = cursor.tokens.code(mark);
        String text = contentOf(mark);
        advance();
        while (at(Kind.STRING)) {
            text += contentOf(mark());
            advance();
        }
        LiteralKind kind = prefix == 'X' || prefix == 'B' ? LiteralKind.BYTES : LiteralKind.STRING;
        return new Literal(kind, text, rangeFrom(mark));
    }

    /** A string token's content: without prefix and quotes. */
    String contentOf(int token) {
        int start = cursor.tokens.start(token);
        int end = cursor.tokens.end(token);
        String sql = cursor.sql;
        if (sql.charAt(start) == '$') {
            int tag = sql.indexOf('$', start + 1) + 1 - start;
            return sql.substring(start + tag, end - tag);
        }
        int open = start;
        while (sql.charAt(open) != '\'' && sql.charAt(open) != '"') {
            open++;
        }
        char quote = sql.charAt(open);
        boolean triple = end - open >= 6
                && sql.charAt(open + 1) == quote
                && sql.charAt(open + 2) == quote
                && sql.charAt(end - 2) == quote
                && sql.charAt(end - 3) == quote;
        int width = triple ? 3 : 1;
        return cursor.text(open + width, Math.max(open + width, end - width));
    }

    /** Whether something filled in from outside starts here. */
    boolean atParameter() {
        return switch (cursor.kind(0)) {
            case VARIABLE, TEMPLATE -> true;
            case SYMBOL -> at('?') || at(':') && isParameterName(nextKind()) || at('%') && isPythonParameter();
            case WORD, QUOTED, STRING, NUMBER, STAGE, BAD, END -> false;
        };
    }

    private static boolean isParameterName(Kind kind) {
        return kind == Kind.WORD || kind == Kind.NUMBER || kind == Kind.QUOTED || kind == Kind.STRING;
    }

    /** {@code %s} and {@code %(name)s}. */
    private boolean isPythonParameter() {
        return next('(') || next(S);
    }

    Expression parameter() {
        int mark = mark();
        ParameterKind kind = parameterKind();
        if (at('%') && next('(')) {
            advance();
            skipParenthesised();
        }
        if (at(':') || at('%') || at('?') && nextKind() == Kind.NUMBER && cursor.nextTouches()) {
            advance();
        }
        advance();
        while (at(Kind.TEMPLATE) && cursor.touchesPrevious()) {
            advance();
        }
        return new Parameter(kind, rangeFrom(mark).of(cursor.sql), rangeFrom(mark));
    }

    private ParameterKind parameterKind() {
        if (at(Kind.TEMPLATE)) {
            return ParameterKind.TEMPLATE;
        }
        if (at('?')) {
            return ParameterKind.POSITIONAL;
        }
        if (at(Kind.VARIABLE)) {
            boolean digits = Character.isDigit(cursor.sql.charAt(cursor.tokens.start(mark()) + 1));
            return digits ? ParameterKind.POSITIONAL : ParameterKind.VARIABLE;
        }
        return ParameterKind.NAMED;
    }

    static int doubleColon() {
        return DOUBLE_COLON;
    }
}
