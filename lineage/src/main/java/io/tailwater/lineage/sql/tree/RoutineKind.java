package io.tailwater.lineage.sql.tree;

/** What kind of routine. */
public enum RoutineKind {
    /** called. */
    PROCEDURE,
    /** gives a value. */
    FUNCTION,
    /** gives rows. */
    TABLE_FUNCTION,
    /** DuckDB or Teradata macro. */
    MACRO,
    /** run by a schedule. */
    TASK,
    /** loads when files arrive. */
    PIPE,
    /** run by changes. */
    TRIGGER,
    /** an anonymous DO block. */
    BLOCK
}
