package io.tailwater.lineage.sql.parse;

import io.tailwater.lineage.sql.dialect.Dialect;
import io.tailwater.lineage.sql.dialect.Feature;

/** Finds the ends of statements that are no semicolons: a line {@code GO}, a line {@code /}, MySQL's {@code DELIMITER}. */
final class Terminators {

    private final String sql;
    private final boolean go;
    private final boolean slash;
    private final boolean delimiters;
    private final boolean commands;
    private final boolean cells;
    private String delimiter = "";

    Terminators(String sql, Dialect dialect) {
        this.sql = sql;
        this.go = dialect.has(Feature.OPTIONAL_SEMICOLONS);
        this.slash = dialect.has(Feature.SLASH_ENDS_STATEMENT);
        this.commands = dialect.has(Feature.BACKSLASH_COMMANDS);
        this.cells = dialect.has(Feature.NOTEBOOK_CELLS);
        this.delimiters = dialect.has(Feature.DELIMITER_COMMAND);
    }

    boolean endsAt(int position) {
        return endOf(position) > position;
    }

    /** The offset behind the terminator at {@code position}, or {@code position} when there is none. */
    int endOf(int position) {
        char c = sql.charAt(position);
        if (go && (c | 32) == 'g' && startsWord("GO", position) && startsLine(position)) {
            return goEnd(position);
        }
        if (slash && c == '/' && startsLine(position) && lineEnd(position) == skipBlanks(position + 1)) {
            return position + 1;
        }
        if (commands && c == '\\' || cells && c == '-' && sql.startsWith("-- COMMAND ---", position)) {
            return lineEnd(position);
        }
        if (delimiters && (c | 32) == 'd' && startsWord("DELIMITER", position) && startsLine(position)) {
            delimiter =
                    sql.substring(skipBlanks(position + 9), lineEnd(position)).strip();
            return lineEnd(position);
        }
        if (!delimiter.isEmpty() && !delimiter.equals(";") && sql.startsWith(delimiter, position)) {
            return position + delimiter.length();
        }
        return position;
    }

    private int goEnd(int position) {
        int end = skipBlanks(position + 2);
        while (end < sql.length() && Character.isDigit(sql.charAt(end))) {
            end++;
        }
        end = skipBlanks(end);
        boolean alone = end == lineEnd(position) || sql.startsWith("--", end) || sql.charAt(end) == ';';
        return alone ? end : position;
    }

    private boolean startsWord(String word, int position) {
        int end = position + word.length();
        return sql.regionMatches(true, position, word, 0, word.length())
                && (end == sql.length() || !Character.isJavaIdentifierPart(sql.charAt(end)));
    }

    private boolean startsLine(int position) {
        int before = position - 1;
        while (before >= 0 && (sql.charAt(before) == ' ' || sql.charAt(before) == '\t')) {
            before--;
        }
        return before < 0 || sql.charAt(before) == '\n' || sql.charAt(before) == '\r';
    }

    private int skipBlanks(int from) {
        int position = from;
        while (position < sql.length()
                && (sql.charAt(position) == ' ' || sql.charAt(position) == '\t' || sql.charAt(position) == '\r')) {
            position++;
        }
        return position;
    }

    private int lineEnd(int from) {
        int end = sql.indexOf('\n', from);
        return end < 0 ? sql.length() : end;
    }
}
