package io.tailwater.lineage.sql.parse;

import io.tailwater.lineage.sql.dialect.Symbols;

/** Postgres lets anyone define operators: any run of certain characters is one. */
final class CustomOperators {

    private static final String CHARACTERS = "+-*/<>=~!@#%^&|?";

    private CustomOperators() {}

    /** The offset behind the operator that starts at {@code start}; {@code start} itself when none does. */
    static int end(String sql, int start) {
        int end = start;
        while (end < sql.length() && CHARACTERS.indexOf(sql.charAt(end)) >= 0 && !startsComment(sql, end)) {
            end++;
        }
        while (end - start > 1 && isSign(sql.charAt(end - 1))) {
            end--;
        }
        return end;
    }

    private static boolean startsComment(String sql, int position) {
        return sql.startsWith("--", position) || sql.startsWith("/*", position);
    }

    private static boolean isSign(char c) {
        return c == '-' || c == '+' || c == '@' || c == '~' || c == '?';
    }

    /** The code of the characters from {@code start} to {@code end}; 0 when there are too many for one. */
    static int code(String sql, int start, int end) {
        return end - start > Symbols.MAX_LENGTH ? 0 : Symbols.code(sql.substring(start, end));
    }
}
