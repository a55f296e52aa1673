package io.tailwater.lineage.sql.result;

import org.jspecify.annotations.Nullable;

/**
 * A column that something depends on.
 *
 * @param table the table that owns it; null when the table could not be told, then the statement has an {@link Unresolved} that says why
 * @param column the normalised column name; {@code *} when all columns of the table are meant
 */
public record UpstreamColumn(@Nullable TableRef table, String column) {

    /** The column name that stands for all columns of a table. */
    public static final String ALL = "*";

    public UpstreamColumn {
        if (column.isEmpty()) {
            throw new IllegalArgumentException("a column needs a name");
        }
    }

    @Override
    public String toString() {
        return (table == null ? "?" : table.qualifiedName()) + "." + column;
    }
}
