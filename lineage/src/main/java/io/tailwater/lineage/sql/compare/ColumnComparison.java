package io.tailwater.lineage.sql.compare;

import io.tailwater.lineage.sql.result.OutputColumn;
import io.tailwater.lineage.sql.result.OutputItem;
import io.tailwater.lineage.sql.result.PassThrough;
import io.tailwater.lineage.sql.result.StatementLineage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** Columns matched by name, and by what defines them where the name is gone. */
final class ColumnComparison {

    private final Map<String, OutputColumn> before;
    private final Map<String, OutputColumn> after;
    private final boolean rowsChanged;
    private final List<QueryChange> changes = new ArrayList<>();

    private ColumnComparison(StatementLineage before, StatementLineage after, boolean rowsChanged) {
        this.before = byName(before);
        this.after = byName(after);
        this.rowsChanged = rowsChanged;
    }

    /** What changed in the columns; {@code rowsChanged} when something that decides rows did, which may be all that differs underneath a column. */
    static List<QueryChange> compare(StatementLineage before, StatementLineage after, boolean rowsChanged) {
        ColumnComparison comparison = new ColumnComparison(before, after, rowsChanged);
        Map<String, String> renamed = comparison.renamed();
        comparison.names(renamed);
        comparison.values();
        comparison.order(renamed);
        comparison.stars(before, after);
        return comparison.changes;
    }

    private static Map<String, OutputColumn> byName(StatementLineage statement) {
        Map<String, OutputColumn> columns = new LinkedHashMap<>();
        for (OutputColumn column : statement.columns()) {
            String name = column.name();
            for (int again = 2; columns.containsKey(name); again++) {
                name = column.name() + "#" + again;
            }
            columns.put(name, column);
        }
        return columns;
    }

    /** Old names to new ones: the old name is gone, the new one was not there, the definition stayed. */
    private Map<String, String> renamed() {
        List<String> gone = before.keySet().stream()
                .filter(name -> !after.containsKey(name))
                .toList();
        List<String> fresh = new ArrayList<>(after.keySet().stream()
                .filter(name -> !before.containsKey(name))
                .toList());
        Map<String, String> renamed = new LinkedHashMap<>();
        List<String> oldOrder = List.copyOf(before.keySet());
        List<String> newOrder = List.copyOf(after.keySet());
        for (String old : gone) {
            OutputColumn column = column(before, old);
            int place = oldOrder.indexOf(old);
            fresh.stream()
                    .filter(name -> sameDefinition(column, column(after, name)))
                    .filter(name -> !column.dependencies().isEmpty() || newOrder.indexOf(name) == place)
                    .min(java.util.Comparator.comparingInt(name -> Math.abs(newOrder.indexOf(name) - place)))
                    .ifPresent(name -> {
                        renamed.put(old, name);
                        fresh.remove(name);
                    });
        }
        return renamed;
    }

    private static OutputColumn column(Map<String, OutputColumn> columns, String name) {
        return java.util.Objects.requireNonNull(columns.get(name));
    }

    private boolean sameDefinition(OutputColumn old, OutputColumn now) {
        return old.definition().exact().equals(now.definition().exact())
                || (rowsChanged
                        && old.definition().shape().equals(now.definition().shape()));
    }

    private void names(Map<String, String> renamed) {
        for (String name : before.keySet()) {
            if (!after.containsKey(name) && !renamed.containsKey(name)) {
                changes.add(new QueryChange.ColumnRemoved(name));
            }
        }
        renamed.forEach((from, to) -> changes.add(new QueryChange.ColumnRenamed(from, to)));
        for (String name : after.keySet()) {
            if (!before.containsKey(name) && !renamed.containsValue(name)) {
                changes.add(new QueryChange.ColumnAdded(name));
            }
        }
    }

    private void values() {
        before.forEach((name, old) -> {
            OutputColumn now = after.get(name);
            if (now != null && !sameDefinition(old, now)) {
                changes.add(new QueryChange.ValuesChanged(
                        name, old.definition().exact(), now.definition().exact()));
            }
        });
    }

    private void order(Map<String, String> renamed) {
        List<String> old = before.keySet().stream()
                .map(name -> renamed.getOrDefault(name, name))
                .filter(after::containsKey)
                .toList();
        List<String> now = after.keySet().stream().filter(old::contains).toList();
        if (!old.equals(now)) {
            changes.add(new QueryChange.ColumnsReordered(old, now));
        }
    }

    // --- stars that could not be expanded
    // --------------------------------------------------------------------------------

    private void stars(StatementLineage old, StatementLineage now) {
        String first = stars(old);
        String second = stars(now);
        if (!first.equals(second)) {
            changes.add(new QueryChange.PassThroughChanged(first, second));
        }
    }

    private static String stars(StatementLineage statement) {
        List<String> texts = new ArrayList<>();
        for (OutputItem item : statement.output()) {
            if (item instanceof PassThrough star) {
                Map<String, String> replaced = new HashMap<>();
                star.replaced()
                        .forEach((name, column) ->
                                replaced.put(name, column.definition().exact()));
                texts.add(star.table() + " " + star.mergedWith() + " except " + new TreeSet<>(star.except())
                        + " renamed " + new TreeMap<>(star.renamed()) + " replaced " + new TreeMap<>(replaced));
            }
        }
        return String.join("; ", texts);
    }
}
