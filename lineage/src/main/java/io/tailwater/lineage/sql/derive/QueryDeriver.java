package io.tailwater.lineage.sql.derive;

import io.tailwater.lineage.sql.canonical.Canon;
import io.tailwater.lineage.sql.canonical.JoinForm;
import io.tailwater.lineage.sql.canonical.QueryForm;
import io.tailwater.lineage.sql.result.Dependency;
import io.tailwater.lineage.sql.scope.OutputPart;
import io.tailwater.lineage.sql.scope.QueryOutput;
import io.tailwater.lineage.sql.scope.Scope;
import io.tailwater.lineage.sql.scope.ScopeColumn;
import io.tailwater.lineage.sql.scope.Source;
import io.tailwater.lineage.sql.tree.Expression;
import io.tailwater.lineage.sql.tree.Limit;
import io.tailwater.lineage.sql.tree.OrderItem;
import io.tailwater.lineage.sql.tree.Query;
import io.tailwater.lineage.sql.tree.QueryBody;
import io.tailwater.lineage.sql.tree.Select;
import io.tailwater.lineage.sql.tree.SetOperation;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Whole queries: WITH, body, ORDER BY, LIMIT. */
final class QueryDeriver {

    private final Derivation derivation;
    private final WithDeriver with;
    private final SetOperationDeriver sets;
    private final PipeDeriver pipes;

    QueryDeriver(Derivation derivation) {
        this.derivation = derivation;
        this.with = new WithDeriver(derivation, this);
        this.sets = new SetOperationDeriver(derivation, this);
        this.pipes = new PipeDeriver(derivation, this);
    }

    WithDeriver with() {
        return with;
    }

    SetOperationDeriver sets() {
        return sets;
    }

    /** What a query returns; {@code outer} holds the CTEs it sees and, as scope, the query around it. */
    QueryOutput derive(Query query, Env outer) {
        Env env = query.with() == null ? outer : outer.withTables(with.derive(query.with(), outer));
        query.unparsed().forEach(clause -> derivation.unparsed(clause.reason(), clause.range()));
        return body(query.body(), query.orderBy(), query.limit(), env);
    }

    QueryOutput body(QueryBody body, Env outer) {
        return body(body, List.of(), null, outer);
    }

    private QueryOutput body(QueryBody body, List<OrderItem> orderBy, @Nullable Limit limit, Env outer) {
        return switch (body) {
            case Select select -> new SelectDeriver(derivation, select, outer).derive(orderBy, limit);
            case Query query ->
                query.orderBy().isEmpty() && query.limit() == null
                        ? body(
                                query.body(),
                                orderBy,
                                limit,
                                query.with() == null ? outer : outer.withTables(with.derive(query.with(), outer)))
                        : ordered(derive(query, outer), orderBy, limit, outer);
            case SetOperation set -> ordered(sets.derive(set, outer), orderBy, limit, outer);
            case QueryBody.Values values -> ordered(values(values, outer), orderBy, limit, outer);
            case QueryBody.Pipeline pipeline -> ordered(pipes.derive(pipeline, outer), orderBy, limit, outer);
            case QueryBody.UnparsedQuery unparsed -> {
                Canon text = derivation.unparsed(unparsed.reason(), unparsed.range());
                yield new QueryOutput(List.of(), form(JoinForm.EMPTY, List.of(text), List.of()), Set.of());
            }
        };
    }

    static QueryForm form(JoinForm joins, List<Canon> filters, List<Canon> columns) {
        return new QueryForm(joins, filters, null, List.of(), false, null, null, columns);
    }

    /** ORDER BY and LIMIT over a body that is no plain SELECT: they see only its output. */
    private QueryOutput ordered(QueryOutput output, List<OrderItem> orderBy, @Nullable Limit limit, Env outer) {
        if (orderBy.isEmpty() && limit == null) {
            return output;
        }
        Source source = new Source(null, null, output.parts(), null, true);
        Env env = outer.over(Scope.inside(outer.scope()).with(source));
        Set<Dependency.Indirect> rows = new LinkedHashSet<>(output.rowDependencies());
        List<Canon> keys = new ArrayList<>();
        for (OrderItem item : orderBy) {
            if (!(item.value() instanceof Expression.Literal)) {
                Sink sink = new Sink();
                Canon key = derivation.expressions().derive(item.value(), env, Use.SORT, sink);
                keys.add(item.descending() ? Canon.call("desc", key) : key);
                rows.addAll(sink.rows());
            } else {
                keys.add(Canon.text("column " + derivation.textOf(item.value()) + (item.descending() ? " desc" : "")));
            }
        }
        QueryForm form = output.form();
        if (limit == null) {
            return new QueryOutput(output.parts(), form, rows);
        }
        Canon cut =
                LimitForm.of(limit, keys.isEmpty() ? null : new Canon.Call("order by", keys), env, derivation, rows);
        Canon both = form.limit() == null ? cut : Canon.call("limits", form.limit(), cut);
        QueryForm limited = new QueryForm(
                form.joins(),
                form.filters(),
                form.grain(),
                form.having(),
                form.distinct(),
                both,
                form.set(),
                form.columns());
        return new QueryOutput(output.parts(), limited, rows);
    }

    private QueryOutput values(QueryBody.Values values, Env outer) {
        List<OutputPart> parts = new ArrayList<>();
        List<Sink> sinks = new ArrayList<>();
        List<List<Canon>> canons = new ArrayList<>();
        for (Expression.Row row : values.rows()) {
            for (int i = 0; i < row.elements().size(); i++) {
                if (i == sinks.size()) {
                    sinks.add(new Sink());
                    canons.add(new ArrayList<>());
                }
                canons.get(i)
                        .add(derivation.expressions().derive(row.elements().get(i), outer, Use.VALUE, sinks.get(i)));
            }
        }
        for (int i = 0; i < sinks.size(); i++) {
            parts.add(new ScopeColumn(
                    "column" + (i + 1),
                    "column" + (i + 1),
                    false,
                    sinks.get(i).dependencies(),
                    canons.get(i).size() == 1 ? canons.get(i).getFirst() : new Canon.Call("values", canons.get(i)),
                    null,
                    false,
                    null,
                    values.range()));
        }
        Canon rows = Canon.text(values.rows().size() + " rows");
        QueryForm form = form(
                JoinForm.EMPTY, values.rows().size() == 1 ? List.of() : List.of(rows), SelectDeriver.canons(parts));
        return new QueryOutput(parts, form, Set.of());
    }
}
