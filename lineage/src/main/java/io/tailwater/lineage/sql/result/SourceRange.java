package io.tailwater.lineage.sql.result;

/**
 * A half-open range of UTF-16 offsets in the analysed text.
 *
 * @param start offset of the first character
 * @param end offset after the last character, never before {@code start}
 */
public record SourceRange(int start, int end) {

    public SourceRange {
        if (start < 0 || end < start) {
            throw new IllegalArgumentException("not a range: " + start + ".." + end);
        }
    }

    /** The characters of this range; {@code text} must be the text that was analysed. */
    public String cutFrom(String text) {
        return text.substring(start, end);
    }

    /** The one-based line on which the range starts. */
    public int lineIn(CharSequence text) {
        int line = 1;
        for (int i = 0; i < start; i++) {
            if (text.charAt(i) == '\n') {
                line++;
            }
        }
        return line;
    }
}
