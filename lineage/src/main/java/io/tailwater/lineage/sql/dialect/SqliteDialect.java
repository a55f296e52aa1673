package io.tailwater.lineage.sql.dialect;

import static io.tailwater.lineage.sql.dialect.Feature.*;

/** SQLite. */
final class SqliteDialect {

    static final Dialect INSTANCE = AnsiDialect.INSTANCE
            .variant("sqlite")
            .aliases("sqlite3", "libsql", "turso")
            .with(BRACKET_NAMES, STRING_ALIASES)
            .without(Feature.TOP, HIVE_CLAUSES, DOTTED_BACKTICK_NAMES)
            .withoutDatePartFirst("DATEDIFF", "DATEADD", "DATE_PART")
            .build();

    private SqliteDialect() {}
}
