package io.tailwater.lineage.sql.tree;

/** A grouping element. */
public enum GroupKind {
    /** a plain key. */
    KEY,
    /** ROLLUP. */
    ROLLUP,
    /** CUBE. */
    CUBE,
    /** GROUPING SETS. */
    SETS
}
