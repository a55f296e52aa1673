package io.tailwater.lineage.sql.tree;

/**
 * What stands between two operands of a set operation.
 *
 * @param kind union, intersection or difference
 * @param all whether duplicates are kept
 * @param byName whether columns are matched by name ({@code BY NAME}, {@code CORRESPONDING}), not by position
 */
public record SetOperator(Kind kind, boolean all, boolean byName) {

    /** The operation. */
    public enum Kind {
        /** UNION. */
        UNION,
        /** INTERSECT. */
        INTERSECT,
        /** EXCEPT and MINUS. */
        EXCEPT
    }
}
