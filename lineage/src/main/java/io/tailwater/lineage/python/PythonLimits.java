package io.tailwater.lineage.python;

/**
 * Where reading gives up.
 *
 * @param maxCharacters longest text, in UTF-16 units
 * @param maxTokens most tokens in a text
 * @param maxDepth deepest nesting of brackets, blocks and operators that stand inside each other
 */
public record PythonLimits(int maxCharacters, int maxTokens, int maxDepth) {
    /** Far beyond what people write, and small enough for any stack. CPython itself stops at 100 nested blocks. */
    public static final PythonLimits DEFAULT = new PythonLimits(16_000_000, 2_000_000, 100);
}
