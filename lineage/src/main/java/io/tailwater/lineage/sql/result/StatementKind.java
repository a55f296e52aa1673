package io.tailwater.lineage.sql.result;

/** What a statement does, as far as lineage cares. */
public enum StatementKind {
    /** A bare query. */
    QUERY,
    /** INSERT, with VALUES or a query. */
    INSERT,
    /** UPDATE. */
    UPDATE,
    /** DELETE. */
    DELETE,
    /** MERGE. */
    MERGE,
    /** CREATE TABLE that lists its columns. */
    CREATE_TABLE,
    /** CREATE TABLE … AS, SELECT … INTO. */
    CREATE_TABLE_AS,
    /** CREATE TABLE … LIKE or CLONE. */
    CREATE_TABLE_LIKE,
    /** CREATE VIEW, materialised or not. */
    CREATE_VIEW,
    /** COPY, UNLOAD, EXPORT, LOAD. */
    COPY,
    /** ALTER TABLE that changes columns. */
    ALTER_TABLE,
    /** Renames a table. */
    RENAME,
    /** Swaps two tables or exchanges partitions. */
    SWAP,
    /** DROP of a table or view. */
    DROP,
    /** TRUNCATE. */
    TRUNCATE,
    /** Recognised and without lineage: USE, SET, GRANT and the like. */
    OTHER,
    /** Could not be parsed. */
    UNPARSED
}
