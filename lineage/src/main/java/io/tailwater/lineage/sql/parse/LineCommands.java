package io.tailwater.lineage.sql.parse;

import io.tailwater.lineage.sql.dialect.Dialect;
import io.tailwater.lineage.sql.dialect.Feature;
import java.util.Locale;
import java.util.Set;

/** Finds the lines of a text that are for the program which sends it, and no SQL: of SQL*Plus, BTEQ, sqlcmd, psql and notebooks. */
final class LineCommands {

    /** Lines of SQL*Plus whose text may be anything. */
    private static final Set<String> SQLPLUS_TEXT = Set.of("PROMPT", "REM", "REMARK");

    /** Other lines of SQL*Plus. A line that ends in a semicolon may as well be a declaration of a variable of that name. */
    private static final Set<String> SQLPLUS = Set.of(
            "ACC", "ACCEPT", "BREAK", "BTITLE", "CLEAR", "COL", "COLUMN", "COMPUTE", "DEF", "DEFINE", "EXIT", "HOST", "PAUSE", "PRINT", "QUIT", "SET", "SHOW",
            "SPOOL", "START", "TTITLE", "UNDEFINE", "VAR", "VARIABLE", "WHENEVER");

    /** What SET and START say in SQL. */
    private static final Set<String> SQL_SETTINGS = Set.of("ROLE", "TRANSACTION", "CONSTRAINT", "CONSTRAINTS", "WITH");

    private final String sql;
    private final boolean sqlplus;
    private final boolean bteq;
    private final boolean sqlcmd;
    private final boolean psql;
    private final boolean cells;

    LineCommands(String sql, Dialect dialect) {
        this.sql = sql;
        this.sqlplus = dialect.has(Feature.SLASH_ENDS_STATEMENT);
        this.bteq = dialect.has(Feature.DOT_COMMANDS);
        this.sqlcmd = dialect.has(Feature.OPTIONAL_SEMICOLONS);
        this.psql = dialect.has(Feature.BACKSLASH_COMMANDS);
        this.cells = dialect.has(Feature.NOTEBOOK_CELLS);
    }

    /** The offset behind the command at {@code position}, or {@code position} when there is none; {@code fresh} when no statement is under way. */
    int endOf(int position, boolean fresh) {
        char c = sql.charAt(position);
        if (psql && c == '\\') {
            return psqlEnd(position);
        }
        if (sqlcmd && c == ':' && isLetter(position + 1) && TextLines.startsLine(sql, position)) {
            return TextLines.end(sql, position);
        }
        if (!fresh || !TextLines.startsLine(sql, position)) {
            return position;
        }
        if (bteq && c == '.' && isLetter(position + 1)) {
            return TextLines.end(sql, position);
        }
        if (cells && c == '%' && isLetter(position + 1)) {
            return magicEnd(position);
        }
        return sqlplus ? sqlplusEnd(position, c) : position;
    }

    /** The rest of the line, and further lines while a parenthesis of {@code \copy (query) …} is open. */
    private int psqlEnd(int position) {
        int end = TextLines.end(sql, position);
        if (!sql.startsWith("\\copy", position)) {
            return end;
        }
        int open = 0;
        for (int at = position; at < sql.length() && (at < end || open > 0); at++) {
            char c = sql.charAt(at);
            open += c == '(' ? 1 : c == ')' ? -1 : 0;
            if (at >= end && open == 0) {
                return TextLines.end(sql, at);
            }
            if (c == ';' && at >= end) {
                return end;
            }
        }
        return end;
    }

    /** {@code %sql} says nothing; a cell of another language lasts to the next one. */
    private int magicEnd(int position) {
        int word = wordEnd(position + 1);
        if (sql.regionMatches(true, position + 1, "sql", 0, word - position - 1)) {
            return word;
        }
        int cell = sql.indexOf("-- COMMAND ---", position);
        return cell < 0 ? sql.length() : cell;
    }

    private int sqlplusEnd(int position, char c) {
        int end = TextLines.end(sql, position);
        if (c == '@') {
            return end;
        }
        if (!isLetter(position)) {
            return position;
        }
        int wordEnd = wordEnd(position);
        if (wordEnd < sql.length() && !Character.isWhitespace(sql.charAt(wordEnd)) || wordEnd - position > 8) {
            return position;
        }
        String word = sql.substring(position, wordEnd).toUpperCase(Locale.ROOT);
        String rest = sql.substring(wordEnd, end).strip();
        boolean ended = rest.endsWith(";");
        if (SQLPLUS_TEXT.contains(word)) {
            return ended && !word.equals("PROMPT") ? position : end;
        }
        String next = rest.split("\\s", 2)[0].toUpperCase(Locale.ROOT);
        boolean command = SQLPLUS.contains(word) && !ended && !next.isEmpty() && !SQL_SETTINGS.contains(next) && !next.startsWith(":=");
        return command ? end : position;
    }

    private boolean isLetter(int position) {
        return position < sql.length() && (sql.charAt(position) | 32) >= 'a' && (sql.charAt(position) | 32) <= 'z';
    }

    private int wordEnd(int from) {
        int end = from;
        while (end < sql.length() && Character.isJavaIdentifierPart(sql.charAt(end))) {
            end++;
        }
        return end;
    }
}
