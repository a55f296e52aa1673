package io.tailwater.lineage.sql.tree;

/** How rows meet. */
public enum JoinKind {
    /** INNER or plain JOIN. */
    INNER,
    /** LEFT OUTER. */
    LEFT,
    /** RIGHT OUTER. */
    RIGHT,
    /** FULL OUTER. */
    FULL,
    /** CROSS JOIN. */
    CROSS,
    /** CROSS APPLY. */
    CROSS_APPLY,
    /** OUTER APPLY. */
    OUTER_APPLY,
    /** LEFT SEMI: only left columns. */
    SEMI,
    /** LEFT ANTI: only left columns. */
    ANTI,
    /** only right columns. */
    RIGHT_SEMI,
    /** only right columns. */
    RIGHT_ANTI,
    /** as-of, inner. */
    ASOF,
    /** as-of, outer. */
    ASOF_LEFT,
    /** row by row, DuckDB. */
    POSITIONAL,
    /** ClickHouse ARRAY JOIN: right is a list of arrays. */
    ARRAY,
    /** ClickHouse LEFT ARRAY JOIN. */
    LEFT_ARRAY
}
