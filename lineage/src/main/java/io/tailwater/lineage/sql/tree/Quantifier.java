package io.tailwater.lineage.sql.tree;

/** How many must hold. */
public enum Quantifier {
    /** ANY or SOME. */
    ANY,
    /** ALL. */
    ALL
}
