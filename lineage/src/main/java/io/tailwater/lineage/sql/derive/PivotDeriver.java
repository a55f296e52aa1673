package io.tailwater.lineage.sql.derive;

import io.tailwater.lineage.sql.canonical.Canon;
import io.tailwater.lineage.sql.canonical.Instance;
import io.tailwater.lineage.sql.canonical.JoinForm;
import io.tailwater.lineage.sql.canonical.QueryForm;
import io.tailwater.lineage.sql.result.Dependency;
import io.tailwater.lineage.sql.result.Unresolved;
import io.tailwater.lineage.sql.scope.OutputPart;
import io.tailwater.lineage.sql.scope.QueryOutput;
import io.tailwater.lineage.sql.scope.Scope;
import io.tailwater.lineage.sql.scope.ScopeColumn;
import io.tailwater.lineage.sql.scope.Source;
import io.tailwater.lineage.sql.tree.Expression;
import io.tailwater.lineage.sql.tree.Identifier;
import io.tailwater.lineage.sql.tree.Node;
import io.tailwater.lineage.sql.tree.OrderItem;
import io.tailwater.lineage.sql.tree.PivotColumn;
import io.tailwater.lineage.sql.tree.Relation;
import io.tailwater.lineage.sql.tree.SelectItem;
import io.tailwater.lineage.sql.tree.SourceRange;
import io.tailwater.lineage.sql.tree.UnpivotGroup;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Relations whose column names are made, not written: PIVOT, UNPIVOT, MATCH_RECOGNIZE. */
final class PivotDeriver {

    /** Several pivoted columns multiply; no database takes wider tables. */
    private static final int MOST_COLUMNS = 10_000;

    private final Derivation derivation;
    private final RelationDeriver relations;

    PivotDeriver(Derivation derivation, RelationDeriver relations) {
        this.derivation = derivation;
        this.relations = relations;
    }

    // --- PIVOT
    // -----------------------------------------------------------------------------------------------------------

    FromPart pivot(Relation.Pivot pivot, Env outer, FromPart left) {
        return pivot(pivot, relations.derive(pivot.source(), outer, left, true), outer);
    }

    FromPart pivot(Relation.Pivot pivot, FromPart source, Env outer) {
        Env env = outer.over(source.scope(outer.scope()));
        Set<Dependency.Indirect> rows = new LinkedHashSet<>(source.rowDependencies());
        Set<String> consumed = new HashSet<>();
        List<Canon> having = new ArrayList<>();
        Sink keys = new Sink();
        for (PivotColumn column : pivot.columns()) {
            for (Expression key : column.keys()) {
                having.add(Canon.call("pivot", derivation.expressions().derive(key, env, Use.FILTER, keys)));
                names(key, consumed);
            }
        }
        pivot.aggregates().forEach(aggregate -> names(aggregate.value(), consumed));
        List<OutputPart> parts = new ArrayList<>(grouping(pivot, env, source, consumed, rows));
        List<Canon> grain = SelectDeriver.canons(parts);
        parts.addAll(generated(pivot, env, keys, outer));
        QueryForm form =
                new QueryForm(source.joins(), List.of(), grain, having, false, null, null, SelectDeriver.canons(parts));
        rows.addAll(keys.rows());
        return relations.reader(new QueryOutput(parts, form, rows), pivot.alias(), false, false, pivot.range());
    }

    /** Columns that stay: the explicit grouping, or all that neither an aggregate nor a key reads. */
    private List<OutputPart> grouping(
            Relation.Pivot pivot, Env env, FromPart source, Set<String> consumed, Set<Dependency.Indirect> rows) {
        if (pivot.groupBy().isEmpty()) {
            return StarExpander.without(derivation.stars().all(source.scope(null), pivot.range()), consumed);
        }
        List<OutputPart> parts = new ArrayList<>();
        for (Expression key : pivot.groupBy()) {
            Sink sink = new Sink();
            Canon canon = derivation.expressions().derive(key, env, Use.VALUE, sink);
            String label = derivation.textOf(key);
            String name = key instanceof Expression.ColumnReference reference
                    ? derivation.names().column(reference.parts().getLast())
                    : "_col_" + parts.size();
            parts.add(new ScopeColumn(name, label, true, sink.dependencies(), canon, null, false, null, key.range()));
            sink.dependencies().forEach(each -> rows.addAll(rowsOf(each)));
        }
        return parts;
    }

    private static Set<Dependency.Indirect> rowsOf(Dependency dependency) {
        Sink sink = new Sink();
        sink.addAll(List.of(Use.GROUP_BY.of(dependency)));
        return sink.rows();
    }

    private List<ScopeColumn> generated(Relation.Pivot pivot, Env env, Sink keys, Env outer) {
        List<ScopeColumn> columns = new ArrayList<>();
        List<List<SelectItem>> values = new ArrayList<>();
        for (PivotColumn column : pivot.columns()) {
            if (column.values().isEmpty()) {
                if (column.query() != null) {
                    derivation.queries().derive(column.query(), outer);
                }
                derivation
                        .notes()
                        .unresolved(
                                "PIVOT",
                                Unresolved.Reason.UNKNOWN_COLUMNS,
                                "which columns the pivot makes depends on the data",
                                List.of(),
                                column.range());
                return List.of(unknownColumn(pivot, env, keys));
            }
            values.add(column.values());
        }
        long made = pivot.aggregates().size();
        for (List<SelectItem> each : values) {
            made = Math.min(made * each.size(), Integer.MAX_VALUE);
        }
        if (made > MOST_COLUMNS) {
            derivation
                    .notes()
                    .unresolved(
                            "PIVOT",
                            Unresolved.Reason.LIMIT,
                            "the pivot makes more than " + MOST_COLUMNS + " columns",
                            List.of(),
                            pivot.range());
            return List.of(unknownColumn(pivot, env, keys));
        }
        derivation.effort().spend(made * (1L + keys.size()));
        for (List<SelectItem> combination : combinations(values)) {
            for (SelectItem aggregate : pivot.aggregates()) {
                columns.add(column(combination, aggregate, pivot, env, keys));
            }
        }
        return columns;
    }

    private ScopeColumn unknownColumn(Relation.Pivot pivot, Env env, Sink keys) {
        Sink sink = new Sink();
        List<Canon> canons = new ArrayList<>();
        pivot.aggregates()
                .forEach(each -> canons.add(derivation.expressions().derive(each.value(), env, Use.VALUE, sink)));
        sink.addAll(keys.rows());
        return new ScopeColumn(
                "*",
                "*",
                false,
                sink.dependencies(),
                new Canon.Call("pivot", canons),
                null,
                false,
                null,
                pivot.range());
    }

    private static List<List<SelectItem>> combinations(List<List<SelectItem>> values) {
        List<List<SelectItem>> all = List.of(List.of());
        for (List<SelectItem> each : values) {
            List<List<SelectItem>> longer = new ArrayList<>();
            for (List<SelectItem> prefix : all) {
                for (SelectItem value : each) {
                    List<SelectItem> combination = new ArrayList<>(prefix);
                    combination.add(value);
                    longer.add(combination);
                }
            }
            all = longer;
        }
        return all;
    }

    private ScopeColumn column(
            List<SelectItem> values, SelectItem aggregate, Relation.Pivot pivot, Env env, Sink keys) {
        Sink sink = new Sink();
        Canon canon = derivation.expressions().derive(aggregate.value(), env, Use.VALUE, sink);
        List<Canon> parts = new ArrayList<>(List.of(canon));
        List<String> labels = new ArrayList<>();
        for (SelectItem value : values) {
            Env constants = env.over(Scope.EMPTY).withLocals(valueNames(value));
            parts.add(Canon.call(
                    "for", derivation.expressions().derive(value.value(), constants, Use.VALUE, new Sink())));
            labels.add(label(value));
        }
        sink.addAll(keys.rows());
        String label = PivotNames.of(
                derivation.dialect().name(),
                String.join("_", labels),
                aggregate.aliases().isEmpty()
                        ? null
                        : aggregate.aliases().getFirst().text(),
                derivation.textOf(aggregate.value()),
                pivot.aggregates().size());
        return new ScopeColumn(
                derivation.names().rules().column(label, true),
                label,
                true,
                sink.dependencies(),
                new Canon.Call("pivot", parts),
                null,
                false,
                null,
                values.isEmpty() ? aggregate.range() : values.getFirst().range());
    }

    /** T-SQL writes the values as names: they are constants here. */
    private Set<String> valueNames(SelectItem value) {
        Set<String> found = new HashSet<>();
        names(value.value(), found);
        return found;
    }

    private String label(SelectItem value) {
        if (!value.aliases().isEmpty()) {
            return derivation.names().column(value.aliases().getFirst());
        }
        return switch (value.value()) {
            case Expression.Literal literal ->
                switch (literal.kind()) {
                    case STRING -> PivotNames.ofText(derivation.dialect().name(), literal.text());
                    default -> literal.text();
                };
            case Expression.ColumnReference reference ->
                derivation.names().column(reference.parts().getLast());
            default -> derivation.textOf(value.value()).toLowerCase(Locale.ROOT);
        };
    }

    private void names(Node node, Set<String> into) {
        Deque<Node> left = new ArrayDeque<>(List.of(node));
        while (!left.isEmpty()) {
            Node each = left.pop();
            if (each instanceof Expression.ColumnReference reference) {
                into.add(derivation.names().column(reference.parts().getLast()));
            }
            left.addAll(each.children());
        }
    }

    // --- UNPIVOT
    // ---------------------------------------------------------------------------------------------------------

    FromPart unpivot(Relation.Unpivot unpivot, Env outer, FromPart left) {
        return unpivot(unpivot, relations.derive(unpivot.source(), outer, left, true));
    }

    FromPart unpivot(Relation.Unpivot unpivot, FromPart source) {
        Env env = Env.EMPTY.over(source.scope(null));
        Set<String> consumed = new HashSet<>();
        List<Sink> sinks = new ArrayList<>();
        List<List<Canon>> canons = new ArrayList<>();
        unpivot.valueColumns().forEach(column -> {
            sinks.add(new Sink());
            canons.add(new ArrayList<>());
        });
        for (UnpivotGroup group : unpivot.groups()) {
            for (int i = 0; i < group.columns().size(); i++) {
                names(group.columns().get(i), consumed);
                if (i < sinks.size()) {
                    canons.get(i)
                            .add(derivation.expressions().derive(group.columns().get(i), env, Use.VALUE, sinks.get(i)));
                }
            }
        }
        List<OutputPart> parts = new ArrayList<>(
                StarExpander.without(derivation.stars().all(source.scope(null), unpivot.range()), consumed));
        for (Identifier name : unpivot.nameColumns()) {
            parts.add(made(name, new Sink(), Canon.text("unpivot name"), unpivot.range()));
        }
        for (int i = 0; i < sinks.size(); i++) {
            parts.add(made(
                    unpivot.valueColumns().get(i),
                    sinks.get(i),
                    new Canon.Call("unpivot", canons.get(i)),
                    unpivot.range()));
        }
        Canon turned = Canon.text("unpivot" + (unpivot.includeNulls() ? " include nulls" : "") + " "
                + unpivot.groups().stream()
                        .map(group -> derivation.textOf(group).toLowerCase(Locale.ROOT))
                        .toList());
        QueryForm form = new QueryForm(
                source.joins(), List.of(), null, List.of(turned), false, null, null, SelectDeriver.canons(parts));
        return relations.reader(
                new QueryOutput(parts, form, source.rowDependencies()), unpivot.alias(), false, false, unpivot.range());
    }

    private ScopeColumn made(Identifier name, Sink sink, Canon canon, SourceRange range) {
        return new ScopeColumn(
                derivation.names().column(name),
                name.text(),
                true,
                sink.dependencies(),
                canon,
                null,
                false,
                null,
                range);
    }

    // --- MATCH_RECOGNIZE
    // -------------------------------------------------------------------------------------------------

    FromPart matchRecognize(Relation.MatchRecognize match, Env outer, FromPart left) {
        FromPart source = relations.derive(match.source(), outer, left, true);
        List<OutputPart> all = derivation.stars().all(source.scope(null), match.range());
        FromPart seen = source;
        for (SelectItem definition : match.definitions()) {
            if (!definition.aliases().isEmpty()) {
                String variable = derivation.names().column(definition.aliases().getFirst());
                List<Source> sources = new ArrayList<>(seen.sources());
                sources.add(new Source(variable, null, all, null, false));
                seen = seen.withSources(sources);
            }
        }
        Env env = outer.over(seen.scope(outer.scope()));
        Sink rows = new Sink();
        List<Canon> conditions = new ArrayList<>();
        match.definitions()
                .forEach(each -> conditions.add(derivation.expressions().derive(each.value(), env, Use.FILTER, rows)));
        List<OutputPart> parts = new ArrayList<>(match.allRows() ? all : List.of());
        for (Expression key : match.partitionBy()) {
            Sink sink = new Sink();
            Canon canon = derivation.expressions().derive(key, env, Use.VALUE, sink);
            sink.dependencies().forEach(each -> rows.addAll(rowsOf(each)));
            if (!match.allRows() && key instanceof Expression.ColumnReference reference) {
                Identifier name = reference.parts().getLast();
                parts.add(made(name, sink, canon, key.range()));
            }
            conditions.add(canon);
        }
        for (OrderItem item : match.orderBy()) {
            conditions.add(derivation.expressions().derive(item.value(), env, Use.SORT, rows));
        }
        for (SelectItem measure : match.measures()) {
            Sink sink = new Sink();
            Canon canon = derivation.expressions().derive(measure.value(), env, Use.VALUE.aggregated(), sink);
            if (!measure.aliases().isEmpty()) {
                parts.add(made(measure.aliases().getFirst(), sink, canon, measure.range()));
            }
        }
        Set<Dependency.Indirect> deciding = new LinkedHashSet<>(source.rowDependencies());
        deciding.addAll(rows.rows());
        Instance instance = Instance.named("match_recognize");
        JoinForm joins = source.joins().inner(JoinForm.of(instance), List.of());
        QueryForm form = new QueryForm(
                joins,
                List.of(),
                null,
                List.of(new Canon.Call("match", conditions)),
                false,
                null,
                null,
                SelectDeriver.canons(parts));
        return relations.reader(new QueryOutput(parts, form, deciding), match.alias(), false, false, match.range());
    }
}
