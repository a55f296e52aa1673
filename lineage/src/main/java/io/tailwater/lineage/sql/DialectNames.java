package io.tailwater.lineage.sql;

import io.tailwater.lineage.sql.catalog.NameRules;
import io.tailwater.lineage.sql.dialect.IdentifierFolding;
import java.util.Locale;

/** Which dialect compares names how. */
final class DialectNames {

    private DialectNames() {}

    static NameRules rules(String dialect) {
        return switch (dialect.toLowerCase(Locale.ROOT)) {
            case "snowflake", "oracle", "db2", "exasol" ->
                new NameRules(IdentifierFolding.UPPER, IdentifierFolding.UPPER);
            case "ansi", "postgres", "postgresql", "greenplum", "materialize" ->
                new NameRules(IdentifierFolding.LOWER, IdentifierFolding.LOWER);
            case "bigquery" -> new NameRules(IdentifierFolding.SENSITIVE, IdentifierFolding.INSENSITIVE);
            case "clickhouse" -> new NameRules(IdentifierFolding.SENSITIVE, IdentifierFolding.SENSITIVE);
            default -> new NameRules(IdentifierFolding.INSENSITIVE, IdentifierFolding.INSENSITIVE);
        };
    }
}
