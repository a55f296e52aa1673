package io.tailwater.lineage.sql.derive;

import io.tailwater.lineage.sql.canonical.Canon;
import io.tailwater.lineage.sql.canonical.JoinForm;
import io.tailwater.lineage.sql.canonical.QueryForm;
import io.tailwater.lineage.sql.result.Dependency;
import io.tailwater.lineage.sql.scope.OutputPart;
import io.tailwater.lineage.sql.scope.QueryOutput;
import io.tailwater.lineage.sql.scope.ScopeColumn;
import io.tailwater.lineage.sql.tree.SourceRange;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Query outputs that are put together by hand: of statements that assign. */
final class Outputs {

    /** No rows, no columns. */
    static final QueryOutput NONE =
            new QueryOutput(List.of(), QueryDeriver.form(JoinForm.EMPTY, List.of(), List.of()), Set.of());

    private Outputs() {}

    static QueryOutput of(
            List<? extends OutputPart> parts, JoinForm joins, List<Canon> filters, Set<Dependency.Indirect> rows) {
        List<OutputPart> all = List.copyOf(parts);
        return new QueryOutput(all, QueryDeriver.form(joins, filters, SelectDeriver.canons(all)), rows);
    }

    /** A form with further conditions and other columns. */
    static QueryForm filtered(QueryForm form, List<Canon> conditions, List<OutputPart> parts) {
        List<Canon> having = new ArrayList<>(form.having());
        having.addAll(conditions);
        return new QueryForm(
                form.joins(),
                form.filters(),
                form.grain(),
                having,
                form.distinct(),
                form.limit(),
                form.set(),
                SelectDeriver.canons(parts));
    }

    static ScopeColumn column(String name, String label, Sink sink, Canon canon, SourceRange range) {
        return new ScopeColumn(name, label, true, sink.dependencies(), canon, null, sink.windowed(), null, range);
    }

    /** Columns that several branches assign, each once, depending on what any branch gives it. */
    static List<ScopeColumn> merged(List<ScopeColumn> assigned) {
        Map<String, ScopeColumn> byName = new LinkedHashMap<>();
        for (ScopeColumn column : assigned) {
            byName.merge(column.name(), column, (first, second) -> {
                Sink sink = new Sink();
                sink.add(first, Use.VALUE);
                sink.add(second, Use.VALUE);
                Canon canon = first.canon().equals(second.canon())
                        ? first.canon()
                        : Canon.call("either", first.canon(), second.canon());
                return column(first.name(), first.label(), sink, canon, first.range());
            });
        }
        return List.copyOf(byName.values());
    }
}
