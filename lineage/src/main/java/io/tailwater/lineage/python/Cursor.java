package io.tailwater.lineage.python;

import io.tailwater.lineage.python.Token.Kind;
import java.util.List;
import java.util.Set;

/** A place among tokens, and how deep the grammar is at it. */
final class Cursor {
    private static final Set<String> KEYWORDS = Set.of(
            "False",
            "None",
            "True",
            "and",
            "as",
            "assert",
            "async",
            "await",
            "break",
            "class",
            "continue",
            "def",
            "del",
            "elif",
            "else",
            "except",
            "finally",
            "for",
            "from",
            "global",
            "if",
            "import",
            "in",
            "is",
            "lambda",
            "nonlocal",
            "not",
            "or",
            "pass",
            "raise",
            "return",
            "try",
            "while",
            "with",
            "yield");

    private final List<Token> tokens;
    private final int maxDepth;
    private int index;
    private int depth;

    Cursor(List<Token> tokens, int maxDepth, int depth) {
        this.tokens = tokens;
        this.maxDepth = maxDepth;
        this.depth = depth;
    }

    Token peek() {
        return tokens.get(index);
    }

    Token peek(int ahead) {
        return tokens.get(Math.min(index + ahead, tokens.size() - 1));
    }

    /** The token before this one. */
    Token last() {
        return tokens.get(Math.max(0, index - 1));
    }

    Token next() {
        Token token = tokens.get(index);
        if (index < tokens.size() - 1) {
            index++;
        }
        return token;
    }

    int mark() {
        return index;
    }

    void reset(int mark) {
        index = mark;
    }

    int depth() {
        return depth;
    }

    void depth(int value) {
        depth = value;
    }

    void enter() {
        if (++depth > maxDepth) {
            throw new Failure(peek().line(), "it is nested deeper than " + maxDepth + " levels");
        }
    }

    void leave() {
        depth--;
    }

    boolean at(Kind kind) {
        return peek().kind() == kind;
    }

    boolean at(String text) {
        return is(peek(), text);
    }

    static boolean is(Token token, String text) {
        return (token.kind() == Kind.OPERATOR || token.kind() == Kind.NAME)
                && token.text().equals(text);
    }

    boolean take(String text) {
        if (at(text)) {
            next();
            return true;
        }
        return false;
    }

    Token expect(String text) {
        if (!at(text)) {
            throw failure("'" + text + "'");
        }
        return next();
    }

    Token expect(Kind kind, String what) {
        if (!at(kind)) {
            throw failure(what);
        }
        return next();
    }

    /** A name that is no keyword. */
    Token name() {
        if (!atName()) {
            throw failure("a name");
        }
        return next();
    }

    boolean atName() {
        return at(Kind.NAME) && !isKeyword(peek().text());
    }

    static boolean isKeyword(String text) {
        return KEYWORDS.contains(text);
    }

    Failure failure(String expected) {
        Token token = peek();
        if (token.kind() == Kind.ERROR) {
            return new Failure(token.line(), token.text());
        }
        String found = switch (token.kind()) {
            case NAME, OPERATOR, NUMBER -> "'" + shortened(token.text()) + "'";
            case STRING -> "a string";
            case NEWLINE -> "the end of the line";
            case INDENT -> "an indented line";
            case DEDENT -> "the end of the block";
            case END -> "the end of the file";
            case ERROR -> token.text();
        };
        return new Failure(token.line(), "expected " + expected + ", found " + found);
    }

    private static String shortened(String text) {
        return text.length() <= 40 ? text : text.substring(0, 40) + "...";
    }
}
