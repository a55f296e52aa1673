package io.tailwater.lineage.sql.dialect;

import static io.tailwater.lineage.sql.dialect.Feature.*;

/** Trino. */
final class TrinoDialect {

    static final Dialect INSTANCE = AnsiDialect.INSTANCE
            .variant("trino")
            .aliases("starburst", "galaxy", "dune")
            .without(Feature.TOP, HIVE_CLAUSES, DOTTED_BACKTICK_NAMES, AT_VARIABLES)
            .withoutDatePartFirst("DATEDIFF", "DATEADD", "DATE_PART")
            .build();

    private TrinoDialect() {}
}
