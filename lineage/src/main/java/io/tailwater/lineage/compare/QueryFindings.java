package io.tailwater.lineage.compare;

import io.tailwater.lineage.graph.RelationNames;
import io.tailwater.lineage.sql.compare.QueryChange;
import io.tailwater.lineage.sql.compare.QueryDifference;
import io.tailwater.lineage.sql.result.OutputColumn;
import io.tailwater.lineage.sql.result.StatementLineage;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What comparing the queries of one dataset found, over all pairs of queries, in words for people. */
final class QueryFindings {
    private final Set<String> removed = new LinkedHashSet<>();
    private final Set<String> added = new LinkedHashSet<>();
    private final Map<String, String> renamed = new LinkedHashMap<>();
    private final Map<String, String> values = new LinkedHashMap<>();
    private final Map<String, Certainty> rows = new LinkedHashMap<>();
    private boolean reordered;
    private boolean incomplete;

    /** The findings of one comparison. */
    static QueryFindings of(QueryDifference difference, Map<String, String> realNames, StatementLineage then) {
        QueryFindings findings = new QueryFindings();
        findings.collect(difference, realNames, then);
        return findings;
    }

    /** Notes that the queries could not be compared as a whole. */
    void notCompared() {
        incomplete = true;
    }

    /** Notes that a query changed and that nothing tells what the change does. */
    void changedUnreadably() {
        incomplete = true;
        rowsMayDiffer("its query changed in a place that could not be read");
    }

    /** Notes why rows may differ. */
    void rowsMayDiffer(String found) {
        rows.put(found, Certainty.POSSIBLE);
    }

    /** How much there is; of two ways to compare the one that finds less has understood more. */
    int weight() {
        return removed.size() * 2 + added.size() + renamed.size() + values.size() * 2 + rows.size() * 2;
    }

    /** Whether both sides are known to give the same columns, values and rows. */
    boolean nothing() {
        return weight() == 0 && !reordered && !incomplete;
    }

    void moveTo(OwnChange change) {
        change.removed.addAll(removed);
        change.added.addAll(added);
        change.renamed.putAll(renamed);
        change.values.putAll(values);
        change.rows.putAll(rows);
        change.reordered = reordered;
        change.incomplete = incomplete;
    }

    void add(QueryFindings from) {
        removed.addAll(from.removed);
        added.addAll(from.added);
        renamed.putAll(from.renamed);
        values.putAll(from.values);
        from.rows.forEach((text, certainty) -> rows.merge(
                text,
                certainty,
                (one, other) ->
                        one == Certainty.PROVEN || other == Certainty.PROVEN ? Certainty.PROVEN : Certainty.POSSIBLE));
        reordered |= from.reordered;
        incomplete |= from.incomplete;
    }

    private void collect(QueryDifference difference, Map<String, String> realNames, StatementLineage then) {
        incomplete |= difference.incomplete();
        for (QueryChange change : difference.changes()) {
            switch (change) {
                case QueryChange.ColumnAdded column ->
                    added.add(realNames.getOrDefault(column.column(), column.column()));
                case QueryChange.ColumnRemoved column -> removed.add(column.column());
                case QueryChange.ColumnRenamed column ->
                    renamed.put(column.from(), realNames.getOrDefault(column.to(), column.to()));
                case QueryChange.ColumnsReordered order -> reordered = true;
                case QueryChange.ValuesChanged column ->
                    values.put(realNames.getOrDefault(column.column(), column.column()), expressions(column));
                case QueryChange.RowsChanged decided ->
                    rows.put(
                            describe(decided),
                            decided.certainty() == QueryChange.Certainty.CERTAIN
                                    ? Certainty.PROVEN
                                    : Certainty.POSSIBLE);
                case QueryChange.PassThroughChanged star -> incomplete = true;
            }
        }
        then.columns().stream()
                .map(OutputColumn::name)
                .filter(name -> realNames.containsKey(name) && !name.equals(realNames.get(name)))
                .filter(name -> !removed.contains(name) && !renamed.containsKey(name))
                .forEach(name -> renamed.put(name, realNames.getOrDefault(name, name)));
    }

    /** Canonical texts that hold digests say nothing to people. */
    private static String expressions(QueryChange.ValuesChanged values) {
        String after = RelationNames.forPeople(values.after());
        String before = RelationNames.forPeople(values.before());
        boolean readable = !after.contains("#") && !before.contains("#") && after.length() + before.length() < 300;
        return readable && !after.equals(before)
                ? "computed as " + after + " now, was " + before
                : "the expression that computes it changed";
    }

    private static String describe(QueryChange.RowsChanged rows) {
        String what = switch (rows.reason()) {
            case SOURCES -> "other relations are read";
            case FILTERS -> "a filter changed";
            case JOINS -> "a join changed";
            case GRAIN -> "the grouping changed";
            case DISTINCT -> "DISTINCT was added or removed";
            case LIMIT -> "the limit changed";
            case SET_OPERATIONS -> "the branches of a union changed";
        };
        return what + listed("gone:", rows.removed()) + listed("new:", rows.added());
    }

    private static String listed(String word, List<String> texts) {
        String joined = RelationNames.forPeople(String.join("; ", texts));
        if (texts.isEmpty() || joined.contains("#")) {
            return "";
        }
        return ", " + word + " " + (joined.length() <= 160 ? joined : joined.substring(0, 157) + "...");
    }
}
