package io.tailwater.lineage.sql.tree;

/** How a call treats nulls. */
public enum NullTreatment {
    /** not said. */
    UNSPECIFIED,
    /** RESPECT NULLS. */
    RESPECT,
    /** IGNORE NULLS. */
    IGNORE
}
