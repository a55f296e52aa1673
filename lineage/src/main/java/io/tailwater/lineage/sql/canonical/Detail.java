package io.tailwater.lineage.sql.canonical;

/** How closely subqueries are looked at when they are named. */
enum Detail {
    /** By everything they say. */
    EXACT,
    /** By the tables they read. */
    SHAPE
}
