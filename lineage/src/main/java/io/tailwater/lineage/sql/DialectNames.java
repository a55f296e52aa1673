package io.tailwater.lineage.sql;

import io.tailwater.lineage.sql.catalog.CaseRule;
import io.tailwater.lineage.sql.catalog.NameRules;
import java.util.Locale;

/** Which dialect compares names how. */
final class DialectNames {

    private DialectNames() {}

    static NameRules rules(String dialect) {
        return switch (dialect.toLowerCase(Locale.ROOT)) {
            case "snowflake", "oracle", "db2", "exasol" -> new NameRules(CaseRule.FOLDS_UP, CaseRule.FOLDS_UP);
            case "ansi", "postgres", "postgresql", "greenplum", "materialize" ->
                new NameRules(CaseRule.FOLDS_DOWN, CaseRule.FOLDS_DOWN);
            case "bigquery" -> new NameRules(CaseRule.KEPT, CaseRule.IGNORED);
            case "clickhouse" -> new NameRules(CaseRule.KEPT, CaseRule.KEPT);
            default -> new NameRules(CaseRule.IGNORED, CaseRule.IGNORED);
        };
    }
}
