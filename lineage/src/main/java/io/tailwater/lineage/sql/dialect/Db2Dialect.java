package io.tailwater.lineage.sql.dialect;

import static io.tailwater.lineage.sql.dialect.Feature.*;

/** IBM Db2. */
final class Db2Dialect {

    static final Dialect INSTANCE = AnsiDialect.INSTANCE
            .variant("db2")
            .aliases("as400", "informix", "hana", "saphana", "firebird", "derby", "h2", "hsqldb")
            .folding(IdentifierFolding.UPPER, IdentifierFolding.UPPER)
            .with(HASH_IN_LATER_NAMES, LABELED_DURATIONS)
            .without(BACKTICK_NAMES, AT_VARIABLES, Feature.TOP, HIVE_CLAUSES, DOTTED_BACKTICK_NAMES)
            .withoutSymbols("#", "#>", "#>>", "#-", "##")
            .withoutDatePartFirst("DATEDIFF", "DATEADD", "DATE_PART")
            .build();

    private Db2Dialect() {}
}
