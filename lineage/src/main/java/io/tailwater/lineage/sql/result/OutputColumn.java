package io.tailwater.lineage.sql.result;

import io.tailwater.lineage.sql.tree.SourceRange;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One output column of a query or one assigned column of a target.
 *
 * @param name normalised name; for an unnamed projection the text {@code _col_N} with its zero-based position
 * @param label the name as the author wrote it, or the text of the unnamed expression
 * @param named whether the query itself gives the column a name
 * @param dependencies on base tables, through CTEs, subqueries and known views; the row-deciding ones of the whole query are not repeated here but stand in
 *     {@link RowFacts#dependencies()}
 * @param definition the defining expression in canonical form
 * @param type the type as far as it could be told, in the dialect's words and lower case, else null
 * @param range where the defining item stands
 */
public record OutputColumn(
        String name,
        String label,
        boolean named,
        List<Dependency> dependencies,
        Definition definition,
        @Nullable String type,
        SourceRange range)
        implements OutputItem {

    public OutputColumn {
        dependencies = List.copyOf(dependencies);
    }

    /** Upstream columns whose values this column is computed from. */
    public List<Dependency.Direct> direct() {
        return dependencies.stream()
                .filter(Dependency.Direct.class::isInstance)
                .map(Dependency.Direct.class::cast)
                .toList();
    }

    /** Upstream columns that shape this column alone: branches and windows. */
    public List<Dependency.Indirect> indirect() {
        return dependencies.stream()
                .filter(Dependency.Indirect.class::isInstance)
                .map(Dependency.Indirect.class::cast)
                .toList();
    }

    /** Every upstream column named by the defining expression, once, in name order. */
    public Set<UpstreamColumn> upstream() {
        Set<UpstreamColumn> columns = new TreeSet<>(java.util.Comparator.comparing(UpstreamColumn::toString));
        dependencies.forEach(dependency -> columns.add(dependency.column()));
        return columns;
    }

    /** The same column under another name, as a column list or a positional INSERT gives it. */
    public OutputColumn renamed(String newName, String newLabel) {
        return new OutputColumn(newName, newLabel, true, dependencies, definition, type, range);
    }
}
