package io.tailwater.lineage.sql.canonical;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A query without its spelling.
 *
 * @param joins what it reads
 * @param filters what every row must meet before grouping, one condition each
 * @param grain what rows are grouped by; null when they are not grouped
 * @param having conditions after grouping and on windows
 * @param distinct whether duplicates are dropped
 * @param limit what cuts rows off, with the order that decides which, or null
 * @param set the set operation that the query is, or null
 * @param columns its output in order
 */
public record QueryForm(
        JoinForm joins,
        List<Canon> filters,
        @Nullable List<Canon> grain,
        List<Canon> having,
        boolean distinct,
        @Nullable Canon limit,
        @Nullable SetForm set,
        List<Canon> columns) {

    /** Whether the query only picks rows and computes values row by row, so that it can be folded into the query that reads it. */
    public boolean foldable() {
        return grain == null && having.isEmpty() && !distinct && limit == null && set == null;
    }

    /** The same with other output columns. */
    public QueryForm withColumns(List<Canon> newColumns) {
        return new QueryForm(joins, filters, grain, having, distinct, limit, set, newColumns);
    }
}
