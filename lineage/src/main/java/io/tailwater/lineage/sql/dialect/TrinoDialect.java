package io.tailwater.lineage.sql.dialect;

import static io.tailwater.lineage.sql.dialect.Feature.*;

/** Trino. */
final class TrinoDialect {

    static final Dialect INSTANCE = AnsiDialect.INSTANCE
            .variant("trino")
            .aliases("starburst", "galaxy", "dune")
            .without(
                    Feature.TOP,
                    Feature.QUALIFY,
                    MINUS_OPERATION,
                    HIVE_CLAUSES,
                    BARE_SEMI_JOINS,
                    DOTTED_BACKTICK_NAMES,
                    AT_VARIABLES)
            .withoutDatePartFirst("DATEDIFF", "DATEADD", "DATE_PART")
            .build();

    private TrinoDialect() {}
}
