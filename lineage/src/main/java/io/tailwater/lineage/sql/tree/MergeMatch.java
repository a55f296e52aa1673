package io.tailwater.lineage.sql.tree;

/** When a MERGE branch applies. */
public enum MergeMatch {
    /** rows of both sides. */
    MATCHED,
    /** rows only in the source. */
    NOT_MATCHED,
    /** rows only in the target. */
    NOT_MATCHED_BY_SOURCE
}
