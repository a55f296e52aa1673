package io.tailwater.lineage.sql.tree;

/** What rows a SELECT gives. */
public enum SelectForm {
    /** plain rows. */
    ROWS,
    /** BigQuery SELECT AS STRUCT: one struct column. */
    AS_STRUCT,
    /** BigQuery SELECT AS VALUE. */
    AS_VALUE,
    /** Hive SELECT TRANSFORM (…) USING script. */
    TRANSFORM
}
