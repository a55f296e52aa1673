package io.tailwater.lineage.sql.parse;

/**
 * How much of a text is parsed at most. What lies beyond comes back as a statement or expression that says which limit was hit.
 *
 * @param maxLength characters of the whole text
 * @param maxTokens tokens of the whole text, comments not counted
 * @param maxDepth nested parentheses, calls, queries and blocks; bounds the stack of the parser and of everyone who walks the tree
 */
public record ParseLimits(int maxLength, int maxTokens, int maxDepth) {

    /** Limits that no statement written by hand reaches and that a thread's usual stack bears. */
    public static final ParseLimits DEFAULT = new ParseLimits(16_000_000, 4_000_000, 200);

    public ParseLimits {
        if (maxLength < 1 || maxTokens < 1 || maxDepth < 1) {
            throw new IllegalArgumentException("limits must be positive");
        }
    }
}
