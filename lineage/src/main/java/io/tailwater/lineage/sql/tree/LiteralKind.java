package io.tailwater.lineage.sql.tree;

/** What a literal is. */
public enum LiteralKind {
    /** quoted text. */
    STRING,
    /** any number. */
    NUMBER,
    /** TRUE or FALSE. */
    BOOLEAN,
    /** NULL. */
    NULL,
    /** binary or bit string. */
    BYTES,
    /** the word DEFAULT as a value. */
    DEFAULT,
    /** a document. */
    JSON
}
