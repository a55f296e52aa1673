package io.tailwater.lineage.sql.tree;

/**
 * An infix operator.
 *
 * @param kind what it does, as far as that matters to readers of the tree
 * @param symbol how it is written, words in capitals with single spaces ({@code AND}, {@code ->>})
 */
public record Operator(Kind kind, String symbol) {

    /** What an operator does. */
    public enum Kind {
        /** {@code AND}, {@code &&} where it means and. */
        AND,
        /** {@code OR}. */
        OR,
        /** {@code XOR}. */
        XOR,
        /** {@code =}, {@code ==}. */
        EQUAL,
        /** {@code <>}, {@code !=} and other spellings. */
        NOT_EQUAL,
        /** {@code <=>}: equal, nulls too. */
        NULL_SAFE_EQUAL,
        /** {@code <}, {@code <=}, {@code >}, {@code >=}. */
        COMPARE,
        /** {@code +}, {@code *}: order of operands does not matter. */
        COMMUTATIVE_ARITHMETIC,
        /** {@code -}, {@code /}, {@code %} and the like. */
        ARITHMETIC,
        /** {@code ||} where it concatenates. */
        CONCATENATE,
        /** {@code &}, {@code |}, {@code ^}, shifts. */
        BITWISE,
        /** {@code ->}, {@code ->>}, {@code #>}: takes a part of a document. */
        EXTRACT,
        /** {@code :=}, and {@code =} where it assigns to a variable. */
        ASSIGN,
        /** Anything else: containment, text search, overlaps …. */
        OTHER
    }
}
