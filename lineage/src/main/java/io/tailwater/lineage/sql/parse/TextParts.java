package io.tailwater.lineage.sql.parse;

import io.tailwater.lineage.sql.dialect.Dialect;
import io.tailwater.lineage.sql.parse.Tokens.Kind;

/** Which places of a text are code, and which are the content of constant strings or comments. */
public final class TextParts {

    /** What a place of a text belongs to. */
    public enum Part {
        /** Code of the language: names, numbers, operators. */
        CODE,
        /** A constant string, its quotes included. */
        STRING,
        /** A comment, or white space. */
        COMMENT
    }

    private final Tokens tokens;

    private TextParts(Tokens tokens) {
        this.tokens = tokens;
    }

    /** The parts of a text under the lexical rules of a dialect. */
    public static TextParts of(String sql, Dialect dialect) {
        return new TextParts(Tokenizer.tokenize(sql, dialect, ParseLimits.DEFAULT.maxTokens()));
    }

    /** What the character at an offset belongs to. */
    public Part at(int offset) {
        int low = 0;
        int high = tokens.count() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            if (tokens.end(middle) <= offset) {
                low = middle + 1;
            } else if (tokens.start(middle) > offset) {
                high = middle - 1;
            } else {
                return tokens.kind(middle) == Kind.STRING ? Part.STRING : Part.CODE;
            }
        }
        return Part.COMMENT;
    }
}
