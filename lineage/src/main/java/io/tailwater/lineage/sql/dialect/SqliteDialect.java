package io.tailwater.lineage.sql.dialect;

import static io.tailwater.lineage.sql.dialect.Feature.*;

/** SQLite. */
final class SqliteDialect {

    static final Dialect INSTANCE = AnsiDialect.INSTANCE
            .variant("sqlite")
            .aliases("sqlite3", "libsql", "turso")
            .with(BRACKET_NAMES, STRING_ALIASES)
            .without(
                    Feature.TOP, Feature.QUALIFY, HIVE_CLAUSES, MINUS_OPERATION, BARE_SEMI_JOINS, DOTTED_BACKTICK_NAMES)
            .withoutDatePartFirst("DATEDIFF", "DATEADD", "DATE_PART")
            .build();

    private SqliteDialect() {}
}
