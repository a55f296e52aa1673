package io.tailwater.lineage.sql.result;

import org.jspecify.annotations.Nullable;

/**
 * A relation that a query reads rows from.
 *
 * @param name canonical name; of a subquery a digest of what it says, so that equal subqueries have equal names
 * @param shape as {@code name}, but blind to filters and joins inside the subquery
 * @param table the table, or null for a subquery, a function or VALUES
 * @param facts what decides the rows of the subquery, or null when this is none
 */
public record RowSource(
        String name,
        String shape,
        @Nullable TableRef table,
        @Nullable RowFacts facts) {}
