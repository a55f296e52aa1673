package io.tailwater.bitbucket.model;

import java.util.Locale;

/**
 * A commit id as Bitbucket writes it: 40 digits, or the first 12 of them in pull requests and their events.
 *
 * @param hex 12 to 40 lower-case hexadecimal digits
 */
public record CommitHash(String hex) {

    private static final int FULL = 40;

    /** @throws IllegalArgumentException when the text has another shape */
    public CommitHash {
        if (!hex.matches("[0-9a-f]{12,40}")) {
            throw new IllegalArgumentException("not a commit id of 12 to 40 hexadecimal digits: " + hex);
        }
    }

    /**
     * Reads a commit id in either case.
     *
     * @throws IllegalArgumentException when the text has another shape
     */
    public static CommitHash parse(String text) {
        return new CommitHash(text.toLowerCase(Locale.ROOT));
    }

    /** Whether all 40 digits are known. */
    public boolean isFull() {
        return hex.length() == FULL;
    }

    /** Whether both can be the same commit: one begins with the other. */
    public boolean sameCommit(CommitHash other) {
        return hex.startsWith(other.hex) || other.hex.startsWith(hex);
    }

    @Override
    public String toString() {
        return hex;
    }
}
