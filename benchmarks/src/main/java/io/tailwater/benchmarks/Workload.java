package io.tailwater.benchmarks;

import io.tailwater.lineage.sql.SqlLineage;
import io.tailwater.lineage.sql.SqlOptions;
import io.tailwater.lineage.sql.result.SqlAnalysis;
import java.util.List;

/**
 * Statements with what is known about the tables they read.
 *
 * @param name what they are
 * @param statements the statements
 */
record Workload(String name, List<Statement> statements) {

    /** A statement and how it is to be analysed. */
    record Statement(String sql, SqlOptions options) {
        SqlAnalysis analyse() {
            return SqlLineage.analyze(sql, options);
        }
    }

    long characters() {
        return statements.stream()
                .mapToLong(statement -> statement.sql().length())
                .sum();
    }
}
