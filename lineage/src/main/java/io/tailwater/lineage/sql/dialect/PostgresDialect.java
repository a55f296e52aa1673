package io.tailwater.lineage.sql.dialect;

import static io.tailwater.lineage.sql.dialect.Feature.*;

/** PostgreSQL, and databases that speak it. */
final class PostgresDialect {

    static final Dialect INSTANCE = AnsiDialect.INSTANCE
            .variant("postgres")
            .aliases(
                    "postgresql",
                    "greenplum",
                    "materialize",
                    "cockroachdb",
                    "cockroach",
                    "redpanda",
                    "alloydb",
                    "risingwave",
                    "timescale",
                    "yugabyte",
                    "netezza",
                    "edb")
            .folding(IdentifierFolding.LOWER, IdentifierFolding.LOWER)
            .with(
                    DOLLAR_QUOTED_STRINGS,
                    NESTED_COMMENTS,
                    QUESTION_OPERATORS,
                    POSTFIX_FACTORIAL,
                    CUSTOM_OPERATORS,
                    BACKSLASH_COMMANDS)
            .without(BACKTICK_NAMES, AT_VARIABLES, Feature.TOP, HIVE_CLAUSES, DOTTED_BACKTICK_NAMES)
            .withoutDatePartFirst("DATEDIFF", "DATEADD", "DATE_PART")
            .build();

    private PostgresDialect() {}
}
