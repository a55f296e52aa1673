package io.tailwater.lineage.sql.tree;

/** Where a path leads. */
public enum PathKind {
    /** a stage of the warehouse. */
    STAGE,
    /** a file or address. */
    FILE
}
