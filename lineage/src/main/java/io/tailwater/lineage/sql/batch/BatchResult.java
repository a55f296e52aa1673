package io.tailwater.lineage.sql.batch;

import io.tailwater.lineage.sql.result.UpstreamColumn;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The answer to one {@link BatchCase}.
 *
 * @param id of the case
 * @param tablesIn tables read, by dotted name
 * @param tablesOut tables written, by dotted name
 * @param columns in output order
 * @param indirect filter, join, grouping, ordering, window and branch dependencies
 * @param unresolved what could not be established
 * @param recovered how many places the parser had to skip
 * @param error why the whole case has no answer, or null
 */
public record BatchResult(
        String id,
        List<String> tablesIn,
        List<String> tablesOut,
        List<Column> columns,
        List<Indirect> indirect,
        List<Open> unresolved,
        int recovered,
        @Nullable String error) {

    /**
     * An output column.
     *
     * @param table the target, null for a bare query
     * @param column its name, {@code *} for a star that could not be expanded
     * @param up the columns of base tables its expression reads
     */
    public record Column(@Nullable String table, String column, List<UpstreamColumn> up) {}

    /**
     * A dependency that gives no value.
     *
     * @param kind the name of an {@link io.tailwater.lineage.sql.result.IndirectUse}
     * @param up what is depended on
     * @param table the target, null for a bare query
     * @param column the output column it shapes, null when it shapes all rows
     */
    public record Indirect(
            String kind,
            UpstreamColumn up,
            @Nullable String table,
            @Nullable String column) {}

    /**
     * Something unresolved.
     *
     * @param what the name or text
     * @param reason in words
     */
    public record Open(String what, String reason) {}

    /** The answer to a case that could not be worked on at all. */
    public static BatchResult failed(String id, String error) {
        return new BatchResult(id, List.of(), List.of(), List.of(), List.of(), List.of(), 0, error);
    }
}
