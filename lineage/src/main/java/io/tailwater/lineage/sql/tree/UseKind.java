package io.tailwater.lineage.sql.tree;

/** What USE chooses. */
public enum UseKind {
    /** database or catalog. */
    DATABASE,
    /** schema. */
    SCHEMA,
    /** whatever a bare USE means in the dialect. */
    DEFAULT,
    /** warehouse, role …. */
    OTHER
}
