package io.tailwater.lineage.sql.dialect;

import static io.tailwater.lineage.sql.dialect.Feature.*;

/** Teradata. */
final class TeradataDialect {

    static final Dialect INSTANCE = AnsiDialect.INSTANCE
            .variant("teradata")
            .with(HASH_IN_LATER_NAMES, PARENTHESISED_ATTRIBUTES, DOT_COMMANDS)
            .without(BACKTICK_NAMES, AT_VARIABLES, HIVE_CLAUSES, DOTTED_BACKTICK_NAMES)
            .callsWithoutParentheses("DATE", "TIME", "USER", "SESSION", "DATABASE")
            .withoutDatePartFirst("DATEDIFF", "DATEADD", "DATE_PART")
            .build();

    private TeradataDialect() {}
}
