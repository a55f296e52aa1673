package io.tailwater.lineage.sql.scope;

import java.util.Set;

/**
 * How a dialect looks up names, as far as dialects differ.
 *
 * @param aliasInSelect an alias of the select list can be read by later items
 * @param aliasInWhere and in WHERE
 * @param aliasInGroupBy and in GROUP BY and HAVING
 * @param structFields a name before a dot can be a column with fields
 * @param commaArrays an array column can stand in FROM, {@code FROM t, t.items}
 * @param selfIsRecursive a CTE that reads its own name is recursive without the word
 * @param leftmostOfSeveral a name that several relations have is an alias of the select list, else the leftmost relation's, and no error
 * @param useMeansSchema a bare {@code USE x} chooses a schema, not a database
 */
public record ScopeRules(
        boolean aliasInSelect,
        boolean aliasInWhere,
        boolean aliasInGroupBy,
        boolean structFields,
        boolean commaArrays,
        boolean selfIsRecursive,
        boolean leftmostOfSeveral,
        boolean useMeansSchema) {

    private static final Set<String> ALIAS_IN_SELECT =
            Set.of("snowflake", "redshift", "databricks", "spark", "duckdb", "clickhouse", "teradata", "sqlite");
    private static final Set<String> ALIAS_IN_WHERE = Set.of("snowflake", "duckdb", "clickhouse", "teradata", "sqlite");
    private static final Set<String> NO_ALIAS_IN_GROUP_BY =
            Set.of("ansi", "tsql", "oracle", "db2", "trino", "presto", "athena", "hive");
    private static final Set<String> STRUCT_FIELDS = Set.of(
            "bigquery", "databricks", "spark", "hive", "trino", "presto", "athena", "duckdb", "clickhouse", "redshift");
    private static final Set<String> COMMA_ARRAYS = Set.of("bigquery", "redshift", "clickhouse");
    private static final Set<String> SELF_IS_RECURSIVE =
            Set.of("tsql", "oracle", "db2", "snowflake", "sqlite", "teradata", "ansi");

    private static final Set<String> USE_MEANS_SCHEMA = Set.of(
            "mysql",
            "mariadb",
            "hive",
            "spark",
            "databricks",
            "clickhouse",
            "duckdb",
            "trino",
            "presto",
            "athena",
            "teradata",
            "singlestore",
            "doris");

    /** The rules of a dialect by its name. */
    public static ScopeRules of(String dialect) {
        return new ScopeRules(
                ALIAS_IN_SELECT.contains(dialect),
                ALIAS_IN_WHERE.contains(dialect),
                !NO_ALIAS_IN_GROUP_BY.contains(dialect),
                STRUCT_FIELDS.contains(dialect),
                COMMA_ARRAYS.contains(dialect),
                SELF_IS_RECURSIVE.contains(dialect),
                dialect.equals("clickhouse"),
                USE_MEANS_SCHEMA.contains(dialect));
    }
}
