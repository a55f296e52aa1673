package io.tailwater.lineage.sql.derive;

import org.jspecify.annotations.Nullable;

/** How databases name the columns that a PIVOT makes. */
final class PivotNames {

    private PivotNames() {}

    /** A string constant as part of a name: Snowflake keeps its quotes. */
    static String ofText(String dialect, String text) {
        return dialect.equals("snowflake") ? "'" + text + "'" : text;
    }

    /**
     * The name of one made column.
     *
     * @param value the pivoted value or its alias
     * @param alias the aggregate's alias, or null
     * @param aggregate the aggregate's text
     * @param aggregates how many aggregates the pivot has
     */
    static String of(String dialect, String value, @Nullable String alias, String aggregate, int aggregates) {
        return switch (dialect) {
            case "bigquery" -> alias == null ? value : alias + "_" + value;
            case "spark", "databricks", "duckdb" ->
                aggregates == 1 ? value : value + "_" + (alias == null ? aggregate : alias);
            case "snowflake" -> aggregates == 1 ? value : value + "_" + (alias == null ? aggregate : alias);
            case "tsql" -> value;
            default -> alias == null ? value : value + "_" + alias;
        };
    }
}
