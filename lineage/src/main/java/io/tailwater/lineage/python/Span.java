package io.tailwater.lineage.python;

/**
 * Where something stands in a text.
 *
 * @param start offset of its first UTF-16 unit
 * @param end offset after its last one
 * @param line line of its start, counted from 1; of an attribute, and of the call of one, the line of its name; of a
 *     function or class with decorators that of its keyword
 */
public record Span(int start, int end, int line) {}
