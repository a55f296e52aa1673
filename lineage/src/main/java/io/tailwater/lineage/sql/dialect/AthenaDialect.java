package io.tailwater.lineage.sql.dialect;

import static io.tailwater.lineage.sql.dialect.Feature.*;

/** Amazon Athena: queries of Trino, definitions of Hive. */
final class AthenaDialect {

    static final Dialect INSTANCE = TrinoDialect.INSTANCE
            .variant("athena")
            .with(BACKTICK_NAMES, HIVE_CLAUSES, NAMES_START_WITH_DIGITS)
            .build();

    private AthenaDialect() {}
}
