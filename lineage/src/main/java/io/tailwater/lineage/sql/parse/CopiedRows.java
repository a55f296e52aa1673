package io.tailwater.lineage.sql.parse;

import io.tailwater.lineage.sql.dialect.Dialect;
import io.tailwater.lineage.sql.dialect.Feature;
import io.tailwater.lineage.sql.dialect.Keyword;

/** Passes over the rows that a dump of PostgreSQL puts behind {@code COPY t FROM stdin;}, up to a line {@code \.}. */
final class CopiedRows {

    private static final String END = "\n\\.";

    private final String sql;
    private boolean possible;

    CopiedRows(String sql, Dialect dialect) {
        this.sql = sql;
        this.possible = dialect.has(Feature.BACKSLASH_COMMANDS);
    }

    /** Where the text goes on behind the semicolon that was just read and ends at {@code position}. */
    int skip(Tokens tokens, int position) {
        if (!possible || !isCopy(tokens)) {
            return position;
        }
        int end = sql.indexOf(END, position);
        possible = end >= 0;
        return possible ? end + END.length() : position;
    }

    private static boolean isCopy(Tokens tokens) {
        boolean reads = false;
        int token = tokens.count() - 2;
        while (token >= 0 && !tokens.is(token, ';')) {
            reads |= tokens.is(token, Keyword.FROM) && tokens.is(token + 1, Keyword.STDIN);
            token--;
        }
        return reads && tokens.is(token + 1, Keyword.COPY);
    }
}
