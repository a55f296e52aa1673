package io.tailwater.lineage.sql.dialect;

import static io.tailwater.lineage.sql.dialect.Feature.*;

/** ClickHouse. */
final class ClickhouseDialect {

    static final Dialect INSTANCE = AnsiDialect.INSTANCE
            .variant("clickhouse")
            .folding(IdentifierFolding.SENSITIVE, IdentifierFolding.SENSITIVE)
            .with(BACKSLASH_ESCAPES, CLICKHOUSE_CLAUSES, DOLLAR_QUOTED_STRINGS, FROM_FIRST, HASH_COMMENTS)
            .without(Feature.TOP, HIVE_CLAUSES, DOTTED_BACKTICK_NAMES)
            .datePartFirst("DATE_DIFF", "DATE_ADD", "DATE_SUB", "DATE_TRUNC")
            .build();

    private ClickhouseDialect() {}
}
