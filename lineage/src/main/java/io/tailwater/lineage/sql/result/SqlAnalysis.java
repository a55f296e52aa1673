package io.tailwater.lineage.sql.result;

import java.util.List;
import java.util.Optional;

/**
 * What was found in one text.
 *
 * @param statements in text order; statements of procedure bodies stand where the procedure does
 */
public record SqlAnalysis(List<StatementLineage> statements) {

    public SqlAnalysis {
        statements = List.copyOf(statements);
    }

    /** How many places the parser had to skip in the whole text; 0 means every token was understood. */
    public int recovered() {
        return statements.stream().mapToInt(StatementLineage::recovered).sum();
    }

    /** The last statement that returns or writes rows: what a model file of a transformation project is about. */
    public Optional<StatementLineage> main() {
        return statements.reversed().stream()
                .filter(statement -> !statement.output().isEmpty())
                .findFirst();
    }
}
