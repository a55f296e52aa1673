package io.tailwater.lineage.sql.catalog;

import java.util.List;

/**
 * The columns known of one table.
 *
 * @param columns in table order as far as known
 * @param complete whether the table has no other columns; when false, a name that is not listed may still exist and a star is not expanded to these alone
 */
public record TableColumns(List<KnownColumn> columns, boolean complete) {

    public TableColumns {
        columns = List.copyOf(columns);
    }

    /** A complete list of columns of unknown types. */
    public static TableColumns complete(List<String> names) {
        return new TableColumns(names.stream().map(KnownColumn::named).toList(), true);
    }
}
