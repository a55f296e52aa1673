package io.tailwater.lineage.sql.result;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What decides which rows a query returns, and how many times; each text in canonical form, each list in text order. Texts name a subquery by its shape; its
 * exact name stands in the source.
 *
 * @param sources relations whose rows meet freely: tables, and subqueries that cannot be folded into this query, in name order
 * @param filters conditions that every row must meet: WHERE, HAVING, QUALIFY and the conditions of inner joins
 * @param outerJoins relations joined without deciding which left rows stay, each with its condition
 * @param grain what rows are collected by: GROUP BY items, DISTINCT ON keys
 * @param grouped whether rows are collected at all; true with an empty grain for a bare aggregate
 * @param distinct whether duplicate rows are dropped
 * @param limit LIMIT, TOP, FETCH, OFFSET together with the ordering that then decides rows, or null
 * @param setOperator UNION, UNION ALL, INTERSECT, EXCEPT …; null when the query is no set operation
 * @param setOperations the branches of the set operation, in name order where the order is free
 * @param dependencies upstream columns that decide rows, of this query and of those it reads
 */
public record RowFacts(
        List<RowSource> sources,
        List<String> filters,
        List<OuterJoin> outerJoins,
        List<String> grain,
        boolean grouped,
        boolean distinct,
        @Nullable String limit,
        @Nullable String setOperator,
        List<RowSource> setOperations,
        Set<Dependency.Indirect> dependencies) {

    /** Facts of a statement that returns no rows. */
    public static final RowFacts NONE =
            new RowFacts(List.of(), List.of(), List.of(), List.of(), false, false, null, null, List.of(), Set.of());

    public RowFacts {
        sources = List.copyOf(sources);
        filters = List.copyOf(filters);
        outerJoins = List.copyOf(outerJoins);
        grain = List.copyOf(grain);
        setOperations = List.copyOf(setOperations);
        dependencies = java.util.Collections.unmodifiableSet(new java.util.LinkedHashSet<>(dependencies));
    }
}
