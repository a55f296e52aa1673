package io.tailwater.lineage.sql.compare;

import io.tailwater.lineage.sql.result.StatementLineage;

/** Tells two versions of a query apart by what they return. */
public final class QueryComparison {

    private QueryComparison() {}

    /** What differs between two statements that define the same dataset. Both must come from the same dialect and comparable catalogs. */
    public static QueryDifference compare(StatementLineage before, StatementLineage after, UniqueKeys keys) {
        throw new UnsupportedOperationException("being written");
    }
}
