package io.tailwater.lineage.sql.tree;

/** What a relation modifier does. */
public enum ModifierKind {
    /** keeps some rows. */
    SAMPLE,
    /** reads an older or changed state. */
    TIME_TRAVEL,
    /** reads some partitions. */
    PARTITION,
    /** advises the planner. */
    HINT,
    /** ClickHouse FINAL. */
    FINAL,
    /** Postgres ONLY. */
    ONLY,
    /** names the position of an array's element; the argument is that name. */
    POSITION,
    /** anything else. */
    OTHER
}
