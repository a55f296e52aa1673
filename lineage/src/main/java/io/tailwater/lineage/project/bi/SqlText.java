package io.tailwater.lineage.project.bi;

/** SQL without what says nothing: comments, and blanks that separate nothing. */
public final class SqlText {
    private SqlText() {}

    /** A text that is equal for texts that differ in comments, line breaks and blanks only. */
    public static String compact(String sql) {
        StringBuilder out = new StringBuilder();
        boolean gap = false;
        int i = 0;
        while (i < sql.length()) {
            char c = sql.charAt(i);
            if (c == '\'' || c == '"' || c == '`') {
                int end = sql.indexOf(c, i + 1);
                int stop = end < 0 ? sql.length() : end + 1;
                put(out, gap, c);
                out.append(sql, i + 1, stop);
                gap = false;
                i = stop;
            } else if (sql.startsWith("--", i)) {
                int end = sql.indexOf('\n', i);
                i = end < 0 ? sql.length() : end;
                gap = true;
            } else if (sql.startsWith("/*", i)) {
                int end = sql.indexOf("*/", i + 2);
                i = end < 0 ? sql.length() : end + 2;
                gap = true;
            } else if (Character.isWhitespace(c)) {
                gap = true;
                i++;
            } else {
                put(out, gap, c);
                gap = false;
                i++;
            }
        }
        return out.toString();
    }

    private static void put(StringBuilder out, boolean gap, char c) {
        boolean separates = gap && !out.isEmpty() && isWord(out.charAt(out.length() - 1)) && isWord(c);
        if (separates) {
            out.append(' ');
        }
        out.append(c);
    }

    private static boolean isWord(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || c == '$' || c == '\'' || c == '"' || c == '`';
    }
}
