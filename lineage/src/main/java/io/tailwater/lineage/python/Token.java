package io.tailwater.lineage.python;

/**
 * A token.
 *
 * @param kind what it is
 * @param text the characters of names and operators; for an error the reason; else empty
 * @param start offset of its first UTF-16 unit
 * @param end offset after its last one
 * @param line line of its start, counted from 1
 */
record Token(Kind kind, String text, int start, int end, int line) {
    enum Kind {
        NAME,
        NUMBER,
        STRING,
        OPERATOR,
        NEWLINE,
        INDENT,
        DEDENT,
        ERROR,
        END
    }

    Span span() {
        return new Span(start, end, line);
    }
}
