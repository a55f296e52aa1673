package io.tailwater.lineage.sql.dialect;

import static io.tailwater.lineage.sql.dialect.Feature.*;

/** DuckDB. */
final class DuckdbDialect {

    static final Dialect INSTANCE = PostgresDialect.INSTANCE
            .variant("duckdb")
            .aliases("motherduck")
            .folding(IdentifierFolding.INSENSITIVE, IdentifierFolding.INSENSITIVE)
            .with(FROM_FIRST)
            .without(QUESTION_OPERATORS)
            .build();

    private DuckdbDialect() {}
}
