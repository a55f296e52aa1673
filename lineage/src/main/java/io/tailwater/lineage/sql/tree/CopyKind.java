package io.tailwater.lineage.sql.tree;

/** How a definition is copied. */
public enum CopyKind {
    /** columns only. */
    LIKE,
    /** columns and rows. */
    CLONE
}
