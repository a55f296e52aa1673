package io.tailwater.lineage.sql.dialect;

/** PrestoDB. */
final class PrestoDialect {

    static final Dialect INSTANCE = TrinoDialect.INSTANCE
            .variant("presto")
            .aliases("prestodb", "prestosql")
            .build();

    private PrestoDialect() {}
}
