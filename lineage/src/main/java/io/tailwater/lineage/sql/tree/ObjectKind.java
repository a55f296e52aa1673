package io.tailwater.lineage.sql.tree;

/** What kind of thing a statement drops. */
public enum ObjectKind {
    /** a table. */
    TABLE,
    /** a view. */
    VIEW,
    /** a materialized view or dynamic table. */
    MATERIALIZED_VIEW,
    /** anything that holds no rows. */
    OTHER
}
