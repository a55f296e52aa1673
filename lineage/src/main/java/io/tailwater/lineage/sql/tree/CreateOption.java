package io.tailwater.lineage.sql.tree;

/** Words of a CREATE that matter. */
public enum CreateOption {
    /** replaces what was there. */
    OR_REPLACE,
    /** does nothing if there. */
    IF_NOT_EXISTS,
    /** gone with the session: TEMP, VOLATILE, #t. */
    TEMPORARY,
    /** data lives elsewhere. */
    EXTERNAL,
    /** without fail-safe. */
    TRANSIENT,
    /** a view that stores its rows. */
    MATERIALIZED,
    /** a dynamic, streaming or live table. */
    DYNAMIC,
    /** a recursive view. */
    RECURSIVE,
    /** a table of another server. */
    FOREIGN
}
