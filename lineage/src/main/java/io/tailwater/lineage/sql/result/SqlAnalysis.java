package io.tailwater.lineage.sql.result;

import java.util.List;
import java.util.Optional;

/**
 * What was found in one text.
 *
 * @param statements in text order; statements of procedure bodies stand where the procedure does
 * @param recovered how many places the parser had to skip in the whole text; 0 means every token was understood
 */
public record SqlAnalysis(List<StatementLineage> statements, int recovered) {

    public SqlAnalysis {
        statements = List.copyOf(statements);
    }

    /** The last statement that returns or writes rows: what a model file of a transformation project is about. */
    public Optional<StatementLineage> main() {
        return statements.reversed().stream()
                .filter(statement -> !statement.output().isEmpty())
                .findFirst();
    }
}
