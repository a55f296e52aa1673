package io.tailwater.lineage.sql.dialect;

import static io.tailwater.lineage.sql.dialect.Feature.*;
import static io.tailwater.lineage.sql.dialect.Keyword.*;

/** Databricks SQL. */
final class DatabricksDialect {

    static final Dialect INSTANCE = SparkDialect.INSTANCE
            .variant("databricks")
            .with(COLON_PATHS, Feature.QUALIFY, DOLLAR_QUOTED_STRINGS)
            .reserve(Keyword.QUALIFY)
            .build();

    private DatabricksDialect() {}
}
