package io.tailwater.lineage.sql.dialect;

import static io.tailwater.lineage.sql.dialect.Feature.*;

/** Oracle Database. */
final class OracleDialect {

    static final Dialect INSTANCE = AnsiDialect.INSTANCE
            .variant("oracle")
            .aliases("plsql")
            .folding(IdentifierFolding.UPPER, IdentifierFolding.UPPER)
            .with(Q_QUOTED_STRINGS, SLASH_ENDS_STATEMENT, PL_SQL, HASH_IN_LATER_NAMES, AMPERSAND_VARIABLES)
            .without(BACKTICK_NAMES, AT_VARIABLES, Feature.TOP, HIVE_CLAUSES, DOTTED_BACKTICK_NAMES)
            .withoutSymbols("#", "#>", "#>>", "#-", "##")
            .withoutDatePartFirst("DATEDIFF", "DATEADD", "DATE_PART")
            .build();

    private OracleDialect() {}
}
