package io.tailwater.lineage.sql.parse;

import io.tailwater.lineage.sql.dialect.Dialect;
import io.tailwater.lineage.sql.dialect.Feature;

/** Finds the ends of statements that are no semicolons: a line {@code GO}, a line {@code /}, MySQL's {@code DELIMITER}, the end of a cell. */
final class Terminators {

    private final String sql;
    private final boolean go;
    private final boolean slash;
    private final boolean delimiters;
    private final boolean cells;
    private String delimiter = "";

    Terminators(String sql, Dialect dialect) {
        this.sql = sql;
        this.go = dialect.has(Feature.OPTIONAL_SEMICOLONS);
        this.slash = dialect.has(Feature.SLASH_ENDS_STATEMENT);
        this.cells = dialect.has(Feature.NOTEBOOK_CELLS);
        this.delimiters = dialect.has(Feature.DELIMITER_COMMAND);
    }

    boolean endsAt(int position) {
        return endOf(position) > position;
    }

    /** The offset behind the terminator at {@code position}, or {@code position} when there is none. */
    int endOf(int position) {
        char c = sql.charAt(position);
        if (go && (c | 32) == 'g' && startsWord("GO", position) && TextLines.startsLine(sql, position)) {
            return goEnd(position);
        }
        if (slash && c == '/' && TextLines.startsLine(sql, position) && TextLines.end(sql, position) == TextLines.skipBlanks(sql, position + 1)) {
            return position + 1;
        }
        if (cells && c == '-' && sql.startsWith("-- COMMAND ---", position)) {
            return TextLines.end(sql, position);
        }
        if (delimiters && (c | 32) == 'd' && startsWord("DELIMITER", position) && TextLines.startsLine(sql, position)) {
            delimiter =
                    sql.substring(TextLines.skipBlanks(sql, position + 9), TextLines.end(sql, position)).strip();
            return TextLines.end(sql, position);
        }
        if (!delimiter.isEmpty() && !delimiter.equals(";") && sql.startsWith(delimiter, position)) {
            return position + delimiter.length();
        }
        return delimiters ? usualDelimiterEnd(position, c) : position;
    }

    /** What scripts set as their delimiter, where the command that set it is not in the text: {@code END~}, {@code END //}, {@code END $$}. */
    private int usualDelimiterEnd(int position, char c) {
        int length = c == '~' ? 1 : sql.startsWith("//", position) || sql.startsWith("$$", position) ? 2 : 0;
        boolean endsLine =
                length > 0 && TextLines.skipBlanks(sql, position + length) == TextLines.end(sql, position);
        boolean behindWord = position > 0 && Character.isJavaIdentifierPart(sql.charAt(position - 1));
        return endsLine && (c != '~' || behindWord) ? position + length : position;
    }

    private int goEnd(int position) {
        int end = TextLines.skipBlanks(sql, position + 2);
        while (end < sql.length() && Character.isDigit(sql.charAt(end))) {
            end++;
        }
        end = TextLines.skipBlanks(sql, end);
        boolean alone = end == TextLines.end(sql, position) || sql.startsWith("--", end) || sql.charAt(end) == ';';
        return alone ? end : position;
    }

    private boolean startsWord(String word, int position) {
        int end = position + word.length();
        return sql.regionMatches(true, position, word, 0, word.length())
                && (end == sql.length() || !Character.isJavaIdentifierPart(sql.charAt(end)));
    }
}
