package io.tailwater.lineage.sql.parse;

import io.tailwater.lineage.sql.tree.Statement;
import java.util.List;
import java.util.Optional;

/**
 * SQL inside of a string: bodies of routines, constant dynamic statements. It is parsed where it stands, so that ranges are those of the whole text: everything
 * before it is blanked out.
 */
final class EmbeddedSql {

    /** Blanking costs time for each string; beyond this many characters in total, strings stay strings. */
    private static final int MOST_BLANKS = 16_000_000;

    private final TokenCursor outer;
    private int blanks;

    EmbeddedSql(TokenCursor outer) {
        this.outer = outer;
    }

    /** The statements in the string {@code token}; empty when they cannot be told, or not all of them can be understood. */
    Optional<List<Statement>> statements(int token) {
        int start = outer.tokens.start(token);
        int end = outer.tokens.end(token);
        String literal = outer.sql.substring(start, end);
        int width = quoteWidth(literal);
        blanks += start;
        if (width == 0 || blanks > MOST_BLANKS || literal.length() < 2 * width) {
            return Optional.empty();
        }
        String content = literal.substring(width, literal.length() - width);
        String text = " ".repeat(start + width) + (width == 1 ? undouble(content) : content);
        TokenCursor inner = new TokenCursor(text, outer.dialect, outer.remainingLimits());
        List<Statement> statements = new Grammar(inner).statements.all();
        return inner.recoveries.isEmpty() ? Optional.of(statements) : Optional.empty();
    }

    /** How many characters open and close the literal; 0 for strings with prefixes or escapes, whose text is not what stands there. */
    private static int quoteWidth(String literal) {
        if (literal.charAt(0) == '$') {
            return literal.indexOf('$', 1) + 1;
        }
        return literal.charAt(0) == '\'' && literal.indexOf('\\') < 0 ? 1 : 0;
    }

    /** Halves doubled quotes without moving anything: a blank takes the place of the other half, outside of the string that the quote opens or closes. */
    private static String undouble(String content) {
        StringBuilder text = new StringBuilder(content);
        boolean open = false;
        for (int i = 0; i + 1 < text.length(); i++) {
            if (text.charAt(i) == '\'' && text.charAt(i + 1) == '\'') {
                text.setCharAt(open ? i + 1 : i, ' ');
                open = !open;
                i++;
            }
        }
        return text.toString();
    }
}
