package io.tailwater.lineage.sql.dialect;

/** What a database does with the case of a name, when it compares names. */
public enum IdentifierFolding {
    /** Unquoted names become upper case, quoted ones keep theirs (Snowflake, Oracle). */
    UPPER,
    /** Unquoted names become lower case, quoted ones keep theirs (Postgres). */
    LOWER,
    /** Case never matters, quoted or not (Spark, T-SQL's usual collation). */
    INSENSITIVE,
    /** Case always matters (BigQuery's tables, ClickHouse). */
    SENSITIVE
}
