package io.tailwater.lineage.sql.parse;

import io.tailwater.lineage.sql.dialect.Dialect;
import io.tailwater.lineage.sql.dialect.Feature;

/** Finds where strings start and end: prefixes, doubled quotes, backslashes, triple quotes, dollar quotes, Oracle's q-quotes. */
final class StringScanner {

    private final String sql;
    private final Dialect dialect;

    StringScanner(String sql, Dialect dialect) {
        this.sql = sql;
        this.dialect = dialect;
    }

    boolean startsAt(int position) {
        char c = sql.charAt(position);
        if (c == '$') {
            return dialect.has(Feature.DOLLAR_QUOTED_STRINGS) && dollarTagEnd(position) > 0;
        }
        return isQuote(c) || c != '$' && prefixLength(position) > 0;
    }

    /** The first prefix letter in capitals, {@code $} for dollar quotes, or 0. */
    int prefixAt(int position) {
        char c = sql.charAt(position);
        return c == '$' || prefixLength(position) > 0 ? Character.toUpperCase(c) : 0;
    }

    /** The offset behind the string at {@code position}, or -1 when it is never closed. */
    int endOf(int position) {
        char c = sql.charAt(position);
        if (c == '$') {
            return dollarEnd(position);
        }
        int prefix = prefixLength(position);
        int quote = position + prefix;
        if ((c | 32) == 'q' && prefix > 0 || (c | 32) == 'n' && prefix == 2) {
            return qEnd(quote);
        }
        char close = sql.charAt(quote);
        if (dialect.has(Feature.TRIPLE_QUOTED_STRINGS)
                && sql.startsWith(String.valueOf(close).repeat(3), quote)) {
            return quotedEnd(quote + 3, close, 3, true);
        }
        boolean raw = prefix > 0 && ((c | 32) == 'r' || prefix == 2 && (sql.charAt(position + 1) | 32) == 'r');
        boolean backslash = dialect.has(Feature.BACKSLASH_ESCAPES) && !raw || prefix == 1 && (c | 32) == 'e';
        return quotedEnd(quote + 1, close, 1, backslash || raw && dialect.has(Feature.TRIPLE_QUOTED_STRINGS));
    }

    private int quotedEnd(int from, char close, int count, boolean backslash) {
        int position = from;
        String closing = String.valueOf(close).repeat(count);
        while (position < sql.length()) {
            char c = sql.charAt(position);
            if (c == '\\' && (backslash || escapesQuote(position, close))) {
                position += 2;
            } else if (c != close || !sql.startsWith(closing, position)) {
                position++;
            } else if (count == 1 && position + 1 < sql.length() && sql.charAt(position + 1) == close) {
                position += 2;
            } else {
                return position + count;
            }
        }
        return -1;
    }

    /** Where backslashes do not escape, no letter can follow a closing quote; if one does, this backslash was meant to. */
    private boolean escapesQuote(int position, char close) {
        return position + 2 < sql.length()
                && sql.charAt(position + 1) == close
                && Character.isLetter(sql.charAt(position + 2));
    }

    private int dollarEnd(int position) {
        int bodyStart = dollarTagEnd(position);
        String tag = sql.substring(position, bodyStart);
        int close = sql.indexOf(tag, bodyStart);
        return close < 0 ? -1 : close + tag.length();
    }

    /** The offset behind {@code $tag$} at {@code position}, or -1. */
    private int dollarTagEnd(int position) {
        int end = position + 1;
        while (end < sql.length() && (Character.isLetterOrDigit(sql.charAt(end)) || sql.charAt(end) == '_')) {
            end++;
        }
        boolean isTag = end < sql.length() && sql.charAt(end) == '$' && !Character.isDigit(sql.charAt(position + 1));
        return isTag ? end + 1 : -1;
    }

    private int qEnd(int quote) {
        if (quote + 1 >= sql.length()) {
            return -1;
        }
        char open = sql.charAt(quote + 1);
        char close = switch (open) {
            case '[' -> ']';
            case '(' -> ')';
            case '{' -> '}';
            case '<' -> '>';
            default -> open;
        };
        int end = sql.indexOf(close + "'", quote + 2);
        return end < 0 ? -1 : end + 2;
    }

    private boolean isQuote(char c) {
        return c == '\'' || c == '"' && dialect.has(Feature.DOUBLE_QUOTED_STRINGS);
    }

    /** How many letters stand before the quote of a prefixed string; 0 when this is none. */
    private int prefixLength(int position) {
        if (position + 1 >= sql.length()) {
            return 0;
        }
        char first = (char) (sql.charAt(position) | 32);
        char second = sql.charAt(position + 1);
        if (isQuote(second)) {
            boolean any = first == 'n' || first == 'e' || first == 'b' || first == 'x' || first == 'r' || first == 'l';
            boolean single = second == '\'' || first == 'r' || first == 'b' || first == 'x';
            boolean q = first == 'q' && dialect.has(Feature.Q_QUOTED_STRINGS);
            return any && single && isLetter(sql.charAt(position)) || q ? 1 : 0;
        }
        char third = position + 2 < sql.length() ? sql.charAt(position + 2) : 0;
        if (!isQuote(third) || !isLetter(sql.charAt(position))) {
            return 0;
        }
        boolean two = first == 'u' && second == '&'
                || first == 'r' && (second | 32) == 'b'
                || first == 'b' && (second | 32) == 'r'
                || first == 'n' && (second | 32) == 'q' && dialect.has(Feature.Q_QUOTED_STRINGS);
        return two ? 2 : 0;
    }

    private static boolean isLetter(char c) {
        return c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z';
    }
}
