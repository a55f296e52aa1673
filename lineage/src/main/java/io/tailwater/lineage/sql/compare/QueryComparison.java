package io.tailwater.lineage.sql.compare;

import io.tailwater.lineage.sql.result.StatementLineage;
import java.util.ArrayList;
import java.util.List;

/** Tells two versions of a query apart by what they return. */
public final class QueryComparison {

    private QueryComparison() {}

    /**
     * What differs between two statements that define the same dataset. Both must come from the same dialect and comparable catalogs.
     *
     * @param keys what is declared unique
     */
    public static QueryDifference compare(StatementLineage before, StatementLineage after, UniqueKeys keys) {
        List<QueryChange> rows = RowComparison.compare(before.rows(), after.rows(), keys);
        List<QueryChange> changes = new ArrayList<>(ColumnComparison.compare(before, after, !rows.isEmpty()));
        changes.addAll(rows);
        boolean incomplete =
                !before.unresolved().isEmpty() || !after.unresolved().isEmpty();
        return new QueryDifference(changes, incomplete);
    }
}
