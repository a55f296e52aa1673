package io.tailwater.lineage.sql.tree;

/**
 * A piece of the parsed text.
 *
 * @param start offset of the first character, in UTF-16 units, from 0
 * @param end offset behind the last character; equal to {@code start} for what the text only implies
 */
public record SourceRange(int start, int end) {

    public SourceRange {
        if (start < 0 || end < start) {
            throw new IllegalArgumentException("not a range: " + start + " to " + end);
        }
    }

    /** The text of this range, cut from the text that was parsed. */
    public String of(String text) {
        return text.substring(start, end);
    }

    /** Whether {@code other} lies within this range. */
    public boolean contains(SourceRange other) {
        return start <= other.start && other.end <= end;
    }
}
