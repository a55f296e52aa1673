package io.tailwater.lineage.sql.tree;

/** What IS asks. */
public enum IsTest {
    /** IS NULL. */
    NULL,
    /** IS TRUE. */
    TRUE,
    /** IS FALSE. */
    FALSE,
    /** IS UNKNOWN. */
    UNKNOWN,
    /** IS DISTINCT FROM operand. */
    DISTINCT_FROM,
    /** IS JSON, IS DOCUMENT, IS OF, IS A SET, IS operand …. */
    OTHER
}
