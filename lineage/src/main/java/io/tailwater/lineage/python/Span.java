package io.tailwater.lineage.python;

/**
 * Where something stands in a text.
 *
 * @param start offset of its first UTF-16 unit
 * @param end offset after its last one
 * @param line line of its start, counted from 1
 */
public record Span(int start, int end, int line) {
    /** From the start of this to the end of another. */
    Span to(Span last) {
        return new Span(start, last.end, line);
    }
}
