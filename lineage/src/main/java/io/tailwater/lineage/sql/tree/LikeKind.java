package io.tailwater.lineage.sql.tree;

/** Which pattern match. */
public enum LikeKind {
    /** LIKE. */
    LIKE,
    /** ILIKE, case ignored. */
    ILIKE,
    /** RLIKE, REGEXP, REGEXP_LIKE as operator. */
    REGEXP,
    /** SIMILAR TO. */
    SIMILAR_TO,
    /** GLOB. */
    GLOB,
    /** MATCH of SQLite. */
    MATCH
}
