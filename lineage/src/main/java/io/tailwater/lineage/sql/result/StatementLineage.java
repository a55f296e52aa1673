package io.tailwater.lineage.sql.result;

import io.tailwater.lineage.sql.tree.SourceRange;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The lineage of one statement into one target. A statement with several targets (multi-table INSERT) yields one of these for each.
 *
 * @param kind what the statement does
 * @param range the statement in the text, without its terminator
 * @param target the table, view or file written to; null for a bare query and for statements without lineage
 * @param temporary whether the target lives only as long as the session
 * @param reads every place that reads a base table, in text order; CTEs that nothing uses are not read
 * @param through temporary tables and views that were read and followed to what they were made of; the tables behind them are among {@code reads}
 * @param output output columns in order: of the query, or of the target as far as the statement fills it
 * @param rows what decides the rows of the query behind the statement
 * @param uses every place that reads a column of a base table, in text order
 * @param unresolved what could not be established
 * @param recovered how many places the parser had to skip
 */
public record StatementLineage(
        StatementKind kind,
        SourceRange range,
        @Nullable TableRef target,
        boolean temporary,
        List<TableUse> reads,
        Set<TableRef> through,
        List<OutputItem> output,
        RowFacts rows,
        List<ColumnUse> uses,
        List<Unresolved> unresolved,
        int recovered) {

    public StatementLineage {
        reads = List.copyOf(reads);
        through = Set.copyOf(through);
        output = List.copyOf(output);
        uses = List.copyOf(uses);
        unresolved = List.copyOf(unresolved);
    }

    /** The distinct tables read, in name order. */
    public Set<TableRef> tablesRead() {
        Set<TableRef> tables = new TreeSet<>();
        reads.forEach(use -> tables.add(use.table()));
        return tables;
    }

    /** The output columns that are known one by one, without unexpanded stars. */
    public List<OutputColumn> columns() {
        return output.stream()
                .filter(OutputColumn.class::isInstance)
                .map(OutputColumn.class::cast)
                .toList();
    }

    /** Whether {@link #columns()} is the whole output: no star was left unexpanded. */
    public boolean allColumnsKnown() {
        return output.stream().allMatch(OutputColumn.class::isInstance);
    }
}
