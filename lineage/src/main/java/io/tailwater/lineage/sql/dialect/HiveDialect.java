package io.tailwater.lineage.sql.dialect;

import static io.tailwater.lineage.sql.dialect.Feature.*;

/** Apache Hive. */
final class HiveDialect {

    static final Dialect INSTANCE = SparkDialect.INSTANCE
            .variant("hive")
            .aliases("impala", "beeline")
            .without(COLON_PATHS, NESTED_COMMENTS)
            .withoutDatePartFirst("DATEDIFF", "DATE_DIFF", "DATE_ADD", "DATEADD")
            .build();

    private HiveDialect() {}
}
