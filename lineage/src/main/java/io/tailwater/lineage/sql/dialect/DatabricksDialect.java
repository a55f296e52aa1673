package io.tailwater.lineage.sql.dialect;

import static io.tailwater.lineage.sql.dialect.Feature.*;

/** Databricks SQL. */
final class DatabricksDialect {

    static final Dialect INSTANCE = SparkDialect.INSTANCE
            .variant("databricks")
            .with(COLON_PATHS, DOLLAR_QUOTED_STRINGS, NOTEBOOK_CELLS)
            .build();

    private DatabricksDialect() {}
}
