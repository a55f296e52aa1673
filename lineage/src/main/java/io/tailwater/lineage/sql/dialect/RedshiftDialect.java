package io.tailwater.lineage.sql.dialect;

import static io.tailwater.lineage.sql.dialect.Feature.*;

/** Amazon Redshift. */
final class RedshiftDialect {

    static final Dialect INSTANCE = PostgresDialect.INSTANCE
            .variant("redshift")
            .with(Feature.TOP, HASH_IN_NAMES)
            .without(QUESTION_OPERATORS, CUSTOM_OPERATORS)
            .withoutSymbols("#", "#>", "#>>", "#-", "##")
            .callsWithoutParentheses("SYSDATE")
            .datePartFirst("DATEDIFF", "DATEADD", "DATE_PART", "DATEPART")
            .build();

    private RedshiftDialect() {}
}
