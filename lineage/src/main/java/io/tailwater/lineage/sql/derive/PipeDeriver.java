package io.tailwater.lineage.sql.derive;

import io.tailwater.lineage.sql.canonical.Canon;
import io.tailwater.lineage.sql.canonical.QueryForm;
import io.tailwater.lineage.sql.result.Dependency;
import io.tailwater.lineage.sql.scope.OutputPart;
import io.tailwater.lineage.sql.scope.QueryOutput;
import io.tailwater.lineage.sql.scope.ScopeColumn;
import io.tailwater.lineage.sql.tree.Alias;
import io.tailwater.lineage.sql.tree.Assignment;
import io.tailwater.lineage.sql.tree.Distinct;
import io.tailwater.lineage.sql.tree.Expression;
import io.tailwater.lineage.sql.tree.GroupBy;
import io.tailwater.lineage.sql.tree.GroupElement;
import io.tailwater.lineage.sql.tree.GroupKind;
import io.tailwater.lineage.sql.tree.Identifier;
import io.tailwater.lineage.sql.tree.Limit;
import io.tailwater.lineage.sql.tree.OrderItem;
import io.tailwater.lineage.sql.tree.PipeStep;
import io.tailwater.lineage.sql.tree.QueryBody;
import io.tailwater.lineage.sql.tree.Renaming;
import io.tailwater.lineage.sql.tree.Select;
import io.tailwater.lineage.sql.tree.SelectForm;
import io.tailwater.lineage.sql.tree.SelectItem;
import io.tailwater.lineage.sql.tree.SourceRange;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Pipe syntax: every step is a SELECT over what the step before left. */
final class PipeDeriver {

    private final Derivation derivation;
    private final QueryDeriver queries;

    PipeDeriver(Derivation derivation, QueryDeriver queries) {
        this.derivation = derivation;
        this.queries = queries;
    }

    /** Where a pipe stands: what the last step left, as a relation, and whether its FROM is still open to join conditions by alias. */
    private record State(FromPart from, QueryOutput output) {}

    QueryOutput derive(QueryBody.Pipeline pipeline, Env outer) {
        State state = start(pipeline.source(), outer);
        for (PipeStep step : pipeline.steps()) {
            state = next(state, step, outer);
        }
        return state.output();
    }

    private State start(QueryBody source, Env outer) {
        if (source instanceof Select select && impliedStar(select)) {
            FromPart from = FromPart.NOTHING;
            for (var relation : select.from()) {
                from = from.beside(derivation.relations().derive(relation, outer, from, false));
            }
            return star(from, source.range());
        }
        return of(queries.body(source, outer), null, source.range());
    }

    private static boolean impliedStar(Select select) {
        return select.items().size() == 1
                && select.items().getFirst().value() instanceof Expression.Star star
                && star.source() == null
                && star.range().start() == star.range().end()
                && select.where() == null
                && select.lateralViews().isEmpty();
    }

    private State star(FromPart from, SourceRange range) {
        List<OutputPart> parts = derivation.stars().all(from.scope(null), range);
        QueryForm form = QueryDeriver.form(from.joins(), List.of(), SelectDeriver.canons(parts));
        return new State(from, new QueryOutput(parts, form, from.rowDependencies()));
    }

    private State of(QueryOutput output, @Nullable Identifier alias, SourceRange range) {
        Alias name = alias == null ? null : new Alias(alias, List.of(), alias.range());
        return new State(derivation.relations().reader(output, name, false, false, range), output);
    }

    private State next(State state, PipeStep step, Env outer) {
        SourceRange range = step.range();
        return switch (step) {
            case PipeStep.PipeSelect select -> selected(state, outer, select.items(), select.distinct(), range);
            case PipeStep.PipeExtend extend -> extended(state, outer, extend.items(), range);
            case PipeStep.PipeWindow window -> extended(state, outer, window.items(), range);
            case PipeStep.PipeSet set -> set(state, outer, set);
            case PipeStep.PipeDrop drop ->
                parts(
                        state,
                        StarExpander.without(
                                state.output().parts(),
                                new HashSet<>(derivation.names().columns(drop.columns()))),
                        range);
            case PipeStep.PipeRename rename -> renamed(state, rename);
            case PipeStep.PipeAs as -> of(state.output(), as.alias(), range);
            case PipeStep.PipeWhere where -> filtered(state, outer, where);
            case PipeStep.PipeAggregate aggregate -> aggregated(state, outer, aggregate);
            case PipeStep.PipeDistinct distinct -> selected(state, outer, List.of(starItem(range)), true, range);
            case PipeStep.PipeJoin join -> {
                FromPart right = derivation.relations().derive(join.join().right(), outer, state.from(), false);
                yield star(
                        derivation.relations().joins().join(state.from(), right, join.join(), outer, FromPart.NOTHING),
                        range);
            }
            case PipeStep.PipeSetOperation set -> {
                List<QueryOutput> branches = new ArrayList<>(List.of(state.output()));
                set.operands().forEach(operand -> branches.add(queries.body(operand, outer)));
                yield of(queries.sets().combined(set.operator(), branches, range), null, range);
            }
            case PipeStep.PipeOrder order -> cut(state, outer, order.orderBy(), null, range);
            case PipeStep.PipeLimit limit -> cut(state, outer, List.of(), limit.limit(), range);
            case PipeStep.PipePivot pivot ->
                fromPart(derivation.relations().pivots().pivot(pivot.pivot(), state.from(), outer), range);
            case PipeStep.PipeUnpivot unpivot ->
                fromPart(derivation.relations().pivots().unpivot(unpivot.unpivot(), state.from()), range);
            case PipeStep.PipeCall call -> {
                var function = new io.tailwater.lineage.sql.tree.Relation.TableFunction(
                        call.call(),
                        true,
                        List.of(),
                        null,
                        List.of(),
                        call.alias() == null ? null : new Alias(call.alias(), List.of(), range),
                        range);
                yield star(derivation.relations().functions().derive(function, outer, state.from()), range);
            }
            case PipeStep.PipeSample sample -> state;
            case PipeStep.PipeUnparsed unparsed -> {
                derivation.unparsed(unparsed.reason(), range);
                yield state;
            }
        };
    }

    private State fromPart(FromPart part, SourceRange range) {
        return star(part, range);
    }

    private static SelectItem starItem(SourceRange range) {
        return new SelectItem(new Expression.Star(null, null, range), List.of(), range);
    }

    private State selected(State state, Env outer, List<SelectItem> items, boolean distinct, SourceRange range) {
        Distinct all = distinct ? new Distinct(List.of(), range) : null;
        return of(over(state, outer, select(items, all, null, null, range), List.of(), null), null, range);
    }

    private static Select select(
            List<SelectItem> items,
            @Nullable Distinct distinct,
            @Nullable Expression where,
            @Nullable GroupBy groupBy,
            SourceRange range) {
        return new Select(
                distinct,
                null,
                SelectForm.ROWS,
                items,
                null,
                List.of(),
                List.of(),
                null,
                where,
                null,
                groupBy,
                null,
                null,
                List.of(),
                null,
                List.of(),
                range);
    }

    private QueryOutput over(State state, Env outer, Select select, List<OrderItem> order, @Nullable Limit limit) {
        return new SelectDeriver(derivation, select, outer).derive(state.from(), order, limit);
    }

    private State extended(State state, Env outer, List<SelectItem> items, SourceRange range) {
        List<SelectItem> all = new ArrayList<>(List.of(starItem(range)));
        all.addAll(items);
        QueryOutput output = over(state, outer, select(all, null, null, null, range), List.of(), null);
        return of(output, null, range);
    }

    private State set(State state, Env outer, PipeStep.PipeSet set) {
        List<OutputPart> parts = state.output().parts();
        Env env = outer.over(state.from().scope(outer.scope()));
        for (Assignment assignment : set.assignments()) {
            Sink sink = new Sink();
            Canon canon = derivation.expressions().derive(assignment.value(), env, Use.VALUE, sink);
            Identifier name = assignment.columns().getFirst().parts().getLast();
            parts = StarExpander.replaced(
                    parts,
                    new ScopeColumn(
                            derivation.names().column(name),
                            name.text(),
                            true,
                            sink.dependencies(),
                            canon,
                            null,
                            sink.windowed(),
                            null,
                            assignment.range()));
        }
        return parts(state, parts, set.range());
    }

    private State renamed(State state, PipeStep.PipeRename rename) {
        List<OutputPart> parts = state.output().parts();
        for (Renaming each : rename.renamings()) {
            parts = StarExpander.renamed(
                    parts,
                    derivation.names().lastColumn(each.from()),
                    derivation.names().column(each.to()),
                    each.to().text());
        }
        return parts(state, parts, rename.range());
    }

    private State parts(State state, List<OutputPart> parts, SourceRange range) {
        QueryForm form = QueryDeriver.form(state.from().joins(), List.of(), SelectDeriver.canons(parts));
        return of(new QueryOutput(parts, form, state.from().rowDependencies()), null, range);
    }

    /** Rows are dropped, aliases stay. */
    private State filtered(State state, Env outer, PipeStep.PipeWhere where) {
        Sink sink = new Sink();
        Env env = outer.over(state.from().scope(outer.scope()));
        Canon condition = derivation.expressions().derive(where.condition(), env, Use.FILTER, sink);
        FromPart from = state.from()
                .withJoins(state.from()
                        .joins()
                        .inner(io.tailwater.lineage.sql.canonical.JoinForm.EMPTY, CanonicalWords.conjuncts(condition)))
                .withRows(sink.rows());
        Set<Dependency.Indirect> rows = from.rowDependencies();
        QueryForm form = QueryDeriver.form(
                from.joins(), List.of(), SelectDeriver.canons(state.output().parts()));
        return new State(from, new QueryOutput(state.output().parts(), form, rows));
    }

    private State aggregated(State state, Env outer, PipeStep.PipeAggregate aggregate) {
        List<SelectItem> items = new ArrayList<>(aggregate.groupBy());
        items.addAll(aggregate.items());
        List<GroupElement> keys = aggregate.groupBy().stream()
                .map(key -> new GroupElement(GroupKind.KEY, List.of(key.value()), key.range()))
                .toList();
        GroupBy groupBy = new GroupBy(false, keys, false, aggregate.range());
        return of(
                over(state, outer, select(items, null, null, groupBy, aggregate.range()), List.of(), null),
                null,
                aggregate.range());
    }

    private State cut(State state, Env outer, List<OrderItem> order, @Nullable Limit limit, SourceRange range) {
        Select all = select(List.of(starItem(range)), null, null, null, range);
        QueryOutput output = over(state, outer, all, order, limit);
        return limit == null ? new State(state.from(), output) : of(output, null, range);
    }
}
