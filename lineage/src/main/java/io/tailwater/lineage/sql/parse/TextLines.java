package io.tailwater.lineage.sql.parse;

/** Where lines of a text start and end. */
final class TextLines {

    private TextLines() {}

    /** Whether nothing but blanks stands between the start of the line and {@code position}. */
    static boolean startsLine(String text, int position) {
        int before = position - 1;
        while (before >= 0 && (text.charAt(before) == ' ' || text.charAt(before) == '\t')) {
            before--;
        }
        return before < 0 || text.charAt(before) == '\n' || text.charAt(before) == '\r' || text.charAt(before) == '\uFEFF';
    }

    /** The offset of the line feed that ends the line of {@code from}, or of the end of the text. */
    static int end(String text, int from) {
        int end = text.indexOf('\n', from);
        return end < 0 ? text.length() : end;
    }

    /** The first offset at or behind {@code from} that is no blank of a line. */
    static int skipBlanks(String text, int from) {
        int position = from;
        while (position < text.length()
                && (text.charAt(position) == ' ' || text.charAt(position) == '\t' || text.charAt(position) == '\r')) {
            position++;
        }
        return position;
    }
}
