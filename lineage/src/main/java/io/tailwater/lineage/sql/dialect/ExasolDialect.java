package io.tailwater.lineage.sql.dialect;

import static io.tailwater.lineage.sql.dialect.Feature.*;

/** Exasol. */
final class ExasolDialect {

    static final Dialect INSTANCE = OracleDialect.INSTANCE
            .variant("exasol")
            .without(AMPERSAND_VARIABLES)
            .build();

    private ExasolDialect() {}
}
