package io.tailwater.lineage.sql.parse;

import org.jspecify.annotations.Nullable;

/** Keeps one string for texts that occur again and again, as the names of a query do. */
final class NamePool {

    private static final int SIZE = 256;
    private static final int LONGEST = 64;

    private final @Nullable String[] pool = new String[SIZE];

    /** The text from {@code start} to {@code end}. */
    String text(String sql, int start, int end) {
        int length = end - start;
        if (length > LONGEST) {
            return sql.substring(start, end);
        }
        int hash = length;
        for (int i = start; i < end; i++) {
            hash = hash * 31 + sql.charAt(i);
        }
        int slot = (hash ^ hash >>> 15) & SIZE - 1;
        String known = pool[slot];
        if (known != null && known.length() == length && sql.startsWith(known, start)) {
            return known;
        }
        String text = sql.substring(start, end);
        pool[slot] = text;
        return text;
    }
}
