package io.tailwater.lineage.config;

import java.util.BitSet;
import java.util.Locale;

/**
 * A pattern over paths or names: {@code ?} is one character and {@code *} any number of them, neither over a separator;
 * {@code **} is any number over separators, and together with the separators around it also none. Everything else is
 * meant literally. Matching takes time proportional to pattern times text, whatever the pattern: all positions that the
 * pattern may have reached are moved on together, nothing is tried again.
 */
public final class Glob {
    /** Longest pattern that is taken. */
    public static final int LONGEST = 500;

    private static final int ANY = -1;
    private static final int ANY_DEEP = -2;
    private static final int ONE = -3;
    private static final int FOLDERS = -4;

    private final String written;
    private final char separator;
    private final int[] tokens;

    private Glob(String written, char separator, int[] tokens) {
        this.written = written;
        this.separator = separator;
        this.tokens = tokens;
    }

    /**
     * A pattern over paths, separated by {@code /}.
     *
     * @throws IllegalArgumentException if it is longer than {@link #LONGEST}
     */
    public static Glob ofPath(String pattern) {
        return of(pattern, '/');
    }

    /**
     * A pattern over names of datasets and columns, separated by dots, without regard to case.
     *
     * @throws IllegalArgumentException if it is longer than {@link #LONGEST}
     */
    public static Glob ofName(String pattern) {
        return of(pattern.toLowerCase(Locale.ROOT), '.');
    }

    private static Glob of(String pattern, char separator) {
        if (pattern.length() > LONGEST) {
            throw new IllegalArgumentException("a pattern longer than " + LONGEST + " characters");
        }
        int[] tokens = new int[pattern.length()];
        int count = 0;
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            if (c != '*') {
                tokens[count++] = c == '?' ? ONE : c;
                continue;
            }
            boolean deep = i + 1 < pattern.length() && pattern.charAt(i + 1) == '*';
            if (!deep) {
                tokens[count++] = ANY;
                continue;
            }
            boolean starts = i == 0 || pattern.charAt(i - 1) == separator;
            while (i + 1 < pattern.length() && pattern.charAt(i + 1) == '*') {
                i++;
            }
            if (starts && i + 1 < pattern.length() && pattern.charAt(i + 1) == separator) {
                tokens[count++] = FOLDERS;
                i++;
            } else {
                tokens[count++] = ANY_DEEP;
            }
        }
        return new Glob(pattern, separator, java.util.Arrays.copyOf(tokens, count));
    }

    /** Whether the whole text is meant. */
    public boolean matches(String text) {
        String compared = separator == '.' ? text.toLowerCase(Locale.ROOT) : text;
        BitSet reached = new BitSet(tokens.length + 1);
        reach(reached, 0);
        for (int i = 0; i < compared.length() && !reached.isEmpty(); i++) {
            char c = compared.charAt(i);
            BitSet next = new BitSet(tokens.length + 1);
            for (int at = reached.nextSetBit(0); at >= 0 && at < tokens.length; at = reached.nextSetBit(at + 1)) {
                step(next, at, c);
            }
            reached = next;
        }
        return reached.get(tokens.length);
    }

    private void step(BitSet next, int at, char c) {
        int token = tokens[at];
        if ((token == ANY && c != separator) || token == ANY_DEEP) {
            reach(next, at);
        } else if (token == FOLDERS) {
            // stays inside the folders; behind a separator the rest may begin
            next.set(at);
            if (c == separator) {
                reach(next, at + 1);
            }
        } else if (token == c || (token == ONE && c != separator)) {
            reach(next, at + 1);
        }
    }

    /** Marks a position, and those behind tokens that may stand for nothing. */
    private void reach(BitSet reached, int position) {
        int at = position;
        reached.set(at);
        while (at < tokens.length && (tokens[at] == ANY || tokens[at] == ANY_DEEP || tokens[at] == FOLDERS)) {
            at++;
            reached.set(at);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Glob glob && written.equals(glob.written) && separator == glob.separator;
    }

    @Override
    public int hashCode() {
        return written.hashCode();
    }

    /** The pattern as it was written. */
    @Override
    public String toString() {
        return written;
    }
}
