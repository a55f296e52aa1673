package io.tailwater.lineage.sql.dialect;

import static io.tailwater.lineage.sql.dialect.Feature.*;

/** Snowflake. */
final class SnowflakeDialect {

    static final Dialect INSTANCE = AnsiDialect.INSTANCE
            .variant("snowflake")
            .folding(IdentifierFolding.UPPER, IdentifierFolding.UPPER)
            .with(BACKSLASH_ESCAPES, DOLLAR_QUOTED_STRINGS, SLASH_COMMENTS, AT_STAGES, DOLLAR_COLUMNS, COLON_PATHS)
            .without(BACKTICK_NAMES, AT_VARIABLES, HIVE_CLAUSES, DOTTED_BACKTICK_NAMES)
            .datePartFirst("TIMEADD", "TIMEDIFF", "DATE_TRUNC", "DATE_DIFF", "DATETIMEDIFF", "TRUNC", "TIME_SLICE")
            .datePartLast("DATE_TRUNC", "LAST_DAY", "TRUNC", "NEXT_DAY")
            .build();

    private SnowflakeDialect() {}
}
