package io.tailwater.lineage.sql.derive;

import io.tailwater.lineage.sql.catalog.Catalog;
import io.tailwater.lineage.sql.result.ColumnUse;
import io.tailwater.lineage.sql.result.SqlAnalysis;
import io.tailwater.lineage.sql.result.StatementLineage;
import io.tailwater.lineage.sql.result.Unresolved.Reason;
import io.tailwater.lineage.sql.result.UpstreamColumn;
import java.util.HashSet;
import java.util.Set;

/** Columns that tables are proven to have: by the catalog, or because the text itself reads them from one table and no other. */
public final class ProvenColumns {

    private final Catalog catalog;
    private final Set<UpstreamColumn> read = new HashSet<>();

    /** What the catalog proves. */
    public ProvenColumns(Catalog catalog) {
        this.catalog = catalog;
    }

    /** Takes note of what an analysis proves; whether that is anything new, which may decide what the analysis left open. */
    public boolean learn(SqlAnalysis analysis) {
        boolean open = false;
        boolean more = false;
        for (StatementLineage statement : analysis.statements()) {
            open |= statement.unresolved().stream().anyMatch(each -> each.reason() == Reason.AMBIGUOUS_COLUMN);
            for (ColumnUse use : statement.uses()) {
                more |= use.column().table() != null && read.add(use.column());
            }
        }
        return open && more;
    }

    boolean contains(UpstreamColumn column) {
        return column.table() != null && (read.contains(column) || catalog.proves(column.table(), column.column()));
    }
}
