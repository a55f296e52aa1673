package io.tailwater.lineage.sql.dialect;

import static io.tailwater.lineage.sql.dialect.Feature.*;

/** Vertica. */
final class VerticaDialect {

    static final Dialect INSTANCE = PostgresDialect.INSTANCE
            .variant("vertica")
            .folding(IdentifierFolding.INSENSITIVE, IdentifierFolding.INSENSITIVE)
            .without(QUESTION_OPERATORS)
            .datePartFirst("DATEDIFF", "DATE_PART")
            .build();

    private VerticaDialect() {}
}
