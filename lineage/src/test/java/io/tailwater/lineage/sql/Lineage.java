package io.tailwater.lineage.sql;

import io.tailwater.lineage.sql.catalog.TableCatalog;
import io.tailwater.lineage.sql.result.OutputColumn;
import io.tailwater.lineage.sql.result.OutputItem;
import io.tailwater.lineage.sql.result.PassThrough;
import io.tailwater.lineage.sql.result.StatementLineage;
import java.util.List;
import java.util.TreeSet;

/** Lineage as short texts: {@code total <- AGGREGATION orders.amount}. */
final class Lineage {

    private Lineage() {}

    /** The tables that tests know. */
    static SqlOptions options(String dialect) {
        SqlOptions options = SqlOptions.of(dialect);
        return options.withCatalog(TableCatalog.builder(options.nameRules())
                .table("users", "id", "email", "username", "country", "active")
                .table("orders", "id", "user_id", "amount", "status")
                .build());
    }

    static StatementLineage of(String dialect, String sql) {
        return SqlLineage.analyze(sql, options(dialect)).main().orElseThrow();
    }

    /** Each output column with its upstream columns, in output order; an open star as {@code * <- table}. */
    static List<String> columns(StatementLineage statement) {
        return statement.output().stream().map(Lineage::text).toList();
    }

    static List<String> columns(String dialect, String sql) {
        return columns(of(dialect, sql));
    }

    private static String text(OutputItem item) {
        return switch (item) {
            case OutputColumn column -> {
                List<String> up =
                        column.upstream().stream().map(Object::toString).toList();
                yield up.isEmpty() ? column.name() : column.name() + " <- " + String.join(", ", up);
            }
            case PassThrough star ->
                "* <- " + star.table() + (star.except().isEmpty() ? "" : " except " + new TreeSet<>(star.except()));
        };
    }
}
