package io.tailwater.lineage.sql.parse;

import io.tailwater.lineage.sql.dialect.Dialect;
import io.tailwater.lineage.sql.dialect.Feature;

/** Skips white space and comments; hints in comments count as comments. A comment that is never closed is none. */
final class Comments {

    private Comments() {}

    /** The offset of the next character at or behind {@code from} that is neither white space nor comment. */
    static int skip(String sql, int from, Dialect dialect) {
        int position = from;
        while (position < sql.length()) {
            char c = sql.charAt(position);
            if (isSpace(c)) {
                position++;
            } else {
                int end = commentEnd(sql, position, c, dialect);
                if (end == position) {
                    return position;
                }
                position = end;
            }
        }
        return sql.length();
    }

    /** White space in the wide sense of Unicode, zero-width characters included. */
    static boolean isSpace(char c) {
        return c <= ' '
                || c >= 128
                        && (Character.isWhitespace(c) || Character.isSpaceChar(c) || c == '\u200B' || c == '\uFEFF');
    }

    private static int commentEnd(String sql, int start, char first, Dialect dialect) {
        char second = start + 1 < sql.length() ? sql.charAt(start + 1) : 0;
        boolean toLineEnd = first == '-' && second == '-'
                || first == '#' && dialect.has(Feature.HASH_COMMENTS)
                || first == '/' && second == '/' && dialect.has(Feature.SLASH_COMMENTS);
        if (toLineEnd && dialect.has(Feature.NOTEBOOK_CELLS) && sql.startsWith("-- COMMAND ---", start)) {
            return start;
        }
        if (toLineEnd) {
            int end = sql.indexOf('\n', start);
            return end < 0 ? sql.length() : end;
        }
        if (first == '/' && second == '*') {
            return blockEnd(sql, start, dialect.has(Feature.NESTED_COMMENTS));
        }
        if (first == '{' && second == '#') {
            int end = sql.indexOf("#}", start + 2);
            return end < 0 ? start : end + 2;
        }
        return start;
    }

    private static int blockEnd(String sql, int start, boolean nested) {
        int depth = 1;
        int position = start + 2;
        while (position < sql.length()) {
            if (sql.startsWith("*/", position)) {
                position += 2;
                depth--;
                if (depth == 0) {
                    return position;
                }
            } else if (nested && sql.startsWith("/*", position)) {
                position += 2;
                depth++;
            } else {
                position++;
            }
        }
        return start;
    }
}
