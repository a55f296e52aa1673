package io.tailwater.lineage.sql.derive;

import io.tailwater.lineage.sql.canonical.Canon;
import io.tailwater.lineage.sql.canonical.QueryForm;
import io.tailwater.lineage.sql.result.Dependency;
import io.tailwater.lineage.sql.result.DirectUse;
import io.tailwater.lineage.sql.result.UpstreamColumn;
import io.tailwater.lineage.sql.scope.OpenTable;
import io.tailwater.lineage.sql.scope.OutputPart;
import io.tailwater.lineage.sql.scope.QueryOutput;
import io.tailwater.lineage.sql.scope.ScopeColumn;
import io.tailwater.lineage.sql.tree.Expression;
import io.tailwater.lineage.sql.tree.GroupBy;
import io.tailwater.lineage.sql.tree.GroupElement;
import io.tailwater.lineage.sql.tree.GroupKind;
import io.tailwater.lineage.sql.tree.LateralView;
import io.tailwater.lineage.sql.tree.Limit;
import io.tailwater.lineage.sql.tree.LiteralKind;
import io.tailwater.lineage.sql.tree.OrderItem;
import io.tailwater.lineage.sql.tree.Relation;
import io.tailwater.lineage.sql.tree.Select;
import io.tailwater.lineage.sql.tree.SelectForm;
import io.tailwater.lineage.sql.tree.UnparsedClause;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One SELECT block with the ORDER BY and LIMIT behind it. */
final class SelectDeriver {

    private static final int EACH_SELECT = 20;

    /** How often what decides rows is copied on its way through a query. */
    private static final long COPIES = 2;

    private final Derivation derivation;
    private final Select select;
    private final Env outer;
    private final Set<Dependency.Indirect> rows = new LinkedHashSet<>();
    private final List<Canon> filters = new ArrayList<>();
    private final List<Canon> having = new ArrayList<>();
    private List<OutputPart> counted = List.of();
    private int numbered;

    SelectDeriver(Derivation derivation, Select select, Env outer) {
        this.derivation = derivation;
        this.select = select;
        this.outer = outer;
    }

    QueryOutput derive(List<OrderItem> orderBy, @Nullable Limit limit) {
        return derive(from(), orderBy, limit);
    }

    /** The same over given relations in place of the FROM clause. */
    QueryOutput derive(FromPart from, List<OrderItem> orderBy, @Nullable Limit limit) {
        rows.addAll(from.rowDependencies());
        Env env = outer.over(from.scope(outer.scope())).withWindows(select.windows());
        SelectList list = new SelectList(derivation, select.items(), env);
        Env.AliasRule inWhere = derivation.rules().aliasInWhere() ? Env.AliasRule.BEFORE_POSSIBLE : Env.AliasRule.LAST;
        condition(select.prewhere(), env.withAliases(list, inWhere), filters);
        condition(select.where(), env.withAliases(list, inWhere), filters);
        connectBy(env);
        List<OutputPart> parts = shaped(list.parts());
        Env grouped = env.withAliases(
                list, derivation.rules().aliasInGroupBy() ? Env.AliasRule.BEFORE_POSSIBLE : Env.AliasRule.LAST);
        List<Canon> grain = grain(list, parts, grouped);
        condition(select.having(), grouped, having);
        condition(select.qualify(), env.withAliases(list, Env.AliasRule.BEFORE_POSSIBLE), having);
        Canon order = orderBy.isEmpty() ? null : order(orderBy, list, env.withAliases(list, Env.AliasRule.FIRST));
        distinct(list, parts, env, order);
        Canon cut = limit(limit, order, env);
        unparsed();
        derivation.effort().spend(EACH_SELECT + COPIES * rows.size());
        QueryForm form = new QueryForm(
                from.joins(),
                filters,
                grain,
                having,
                select.distinct() != null && select.distinct().on().isEmpty(),
                cut,
                null,
                canons(parts));
        return Unwrapping.of(new QueryOutput(parts, form, rows));
    }

    /** Canonical forms of output parts. */
    static List<Canon> canons(List<OutputPart> parts) {
        List<Canon> canons = new ArrayList<>(parts.size());
        for (OutputPart part : parts) {
            canons.add(
                    switch (part) {
                        case ScopeColumn column -> column.canon();
                        case OpenTable open -> star(open);
                    });
        }
        return canons;
    }

    private static Canon star(OpenTable open) {
        if (open.except().isEmpty()
                && open.renamed().isEmpty()
                && open.replaced().isEmpty()) {
            return open.canon();
        }
        List<Canon> parts = new ArrayList<>();
        parts.add(open.canon());
        parts.add(Canon.text("except " + open.except().stream().sorted().toList()));
        open.renamed().entrySet().stream()
                .sorted(java.util.Map.Entry.comparingByKey())
                .forEach(each -> parts.add(Canon.text(each.getKey() + " as " + each.getValue())));
        open.replaced().values().stream()
                .sorted(java.util.Comparator.comparing(ScopeColumn::name))
                .forEach(each -> parts.add(Canon.call(each.name() + " =", each.canon())));
        return new Canon.Call("star", parts);
    }

    // --- FROM
    // ------------------------------------------------------------------------------------------------------------

    private FromPart from() {
        FromPart part = FromPart.NOTHING;
        for (Relation relation : select.from()) {
            part = part.beside(derivation.relations().derive(relation, outer, part, false));
        }
        for (LateralView view : select.lateralViews()) {
            part = part.beside(derivation.relations().functions().derive(view, outer, part));
        }
        return part;
    }

    // --- conditions
    // ------------------------------------------------------------------------------------------------------

    private void condition(@Nullable Expression condition, Env env, List<Canon> into) {
        if (condition == null) {
            return;
        }
        Sink sink = new Sink();
        Canon canon = derivation.expressions().derive(condition, env, Use.FILTER, sink);
        for (Canon each : CanonicalWords.conjuncts(canon)) {
            if (!each.equals(Canon.text("true"))) {
                into.add(each);
            }
        }
        rows.addAll(sink.rows());
    }

    private void connectBy(Env env) {
        if (select.connectBy() == null) {
            return;
        }
        List<Canon> conditions = new ArrayList<>();
        condition(select.connectBy().startWith(), env, conditions);
        condition(select.connectBy().condition(), env, conditions);
        having.add(new Canon.Call("connect by", conditions));
    }

    // --- grouping
    // --------------------------------------------------------------------------------------------------------

    private @Nullable List<Canon> grain(SelectList list, List<OutputPart> parts, Env env) {
        GroupBy groupBy = select.groupBy();
        if (groupBy == null) {
            return list.aggregated() ? List.of() : null;
        }
        List<Canon> keys = new ArrayList<>();
        Sink sink = new Sink();
        if (groupBy.all()) {
            groupAll(list, keys, sink);
        }
        for (GroupElement element : groupBy.elements()) {
            List<Canon> inside = new ArrayList<>();
            for (Expression key : element.expressions()) {
                inside.add(key(key, parts, env, sink));
            }
            if (element.kind() == GroupKind.KEY) {
                keys.addAll(inside);
            } else {
                keys.add(new Canon.Call(element.kind().name().toLowerCase(Locale.ROOT), inside));
            }
        }
        rows.addAll(sink.rows());
        return keys;
    }

    private void groupAll(SelectList list, List<Canon> keys, Sink sink) {
        for (int i = 0; i < select.items().size(); i++) {
            SelectList.Item item = list.item(i);
            for (OutputPart part : item.aggregated() ? List.<OutputPart>of() : item.parts()) {
                if (part instanceof ScopeColumn column) {
                    keys.add(column.canon());
                    sink.add(column, Use.GROUP_BY);
                }
            }
        }
    }

    private Canon key(Expression key, List<OutputPart> parts, Env env, Sink sink) {
        ScopeColumn column = ordinal(key, parts);
        if (column != null) {
            sink.add(column, Use.GROUP_BY);
            return column.canon();
        }
        return derivation.expressions().derive(key, env, Use.GROUP_BY, sink);
    }

    /** How many of the first columns have a number that is known: those before the first star that is still open. */
    private int numbered(List<OutputPart> parts) {
        if (parts != counted) {
            counted = parts;
            numbered = 0;
            while (numbered < parts.size() && parts.get(numbered) instanceof ScopeColumn) {
                numbered++;
            }
        }
        return numbered;
    }

    /** The output column that a bare number means; null when it is none, or stands behind a star that is still open. */
    private @Nullable ScopeColumn ordinal(Expression key, List<OutputPart> parts) {
        if (!(key instanceof Expression.Literal literal) || literal.kind() != LiteralKind.NUMBER) {
            return null;
        }
        try {
            int index = Integer.parseInt(literal.text()) - 1;
            return index >= 0 && index < numbered(parts) ? (ScopeColumn) parts.get(index) : null;
        } catch (NumberFormatException fraction) {
            return null;
        }
    }

    // --- DISTINCT, ORDER BY, LIMIT
    // ---------------------------------------------------------------------------------------

    private void distinct(SelectList list, List<OutputPart> parts, Env env, @Nullable Canon order) {
        if (select.distinct() == null) {
            return;
        }
        Sink sink = new Sink();
        if (select.distinct().on().isEmpty()) {
            for (OutputPart part : parts) {
                switch (part) {
                    case ScopeColumn column -> sink.add(column, Use.GROUP_BY);
                    case OpenTable open -> sink.add(new UpstreamColumn(open.table(), UpstreamColumn.ALL), Use.GROUP_BY);
                }
            }
        } else {
            List<Canon> keys = new ArrayList<>();
            Env visible = env.withAliases(list, Env.AliasRule.LAST);
            select.distinct().on().forEach(key -> keys.add(key(key, parts, visible, sink)));
            if (order != null) {
                keys.add(order);
            }
            having.add(new Canon.Call("distinct on", keys));
        }
        rows.addAll(sink.rows());
    }

    private Canon order(List<OrderItem> items, SelectList list, Env env) {
        Sink sink = new Sink();
        List<Canon> keys = new ArrayList<>();
        List<OutputPart> parts = list.parts();
        for (OrderItem item : items) {
            ScopeColumn column = ordinal(item.value(), parts);
            Canon key;
            if (column != null) {
                sink.add(column, Use.SORT);
                key = column.canon();
            } else {
                key = derivation.expressions().derive(item.value(), env, Use.SORT, sink);
            }
            keys.add(item.descending() ? Canon.call("desc", key) : key);
        }
        rows.addAll(sink.rows());
        return new Canon.Call("order by", keys);
    }

    private @Nullable Canon limit(@Nullable Limit limit, @Nullable Canon order, Env env) {
        List<Canon> cuts = new ArrayList<>();
        for (Limit each : java.util.Arrays.asList(select.top(), select.limitBy(), limit)) {
            if (each != null) {
                cuts.add(LimitForm.of(each, order, env, derivation, rows));
            }
        }
        return cuts.isEmpty() ? null : cuts.size() == 1 ? cuts.getFirst() : new Canon.Call("limits", cuts);
    }

    // --- the rest
    // --------------------------------------------------------------------------------------------------------

    /** SELECT AS STRUCT gives one column. */
    private List<OutputPart> shaped(List<OutputPart> parts) {
        if (select.form() == SelectForm.AS_VALUE
                && parts.size() == 1
                && parts.getFirst() instanceof ScopeColumn value
                && !value.fields().isEmpty()) {
            return List.of(value.unnamed());
        }
        if (select.form() != SelectForm.AS_STRUCT) {
            return parts;
        }
        Sink sink = new Sink();
        for (OutputPart part : parts) {
            switch (part) {
                case ScopeColumn column -> sink.add(column, new Use(DirectUse.IDENTITY, null, false, Use.VALUE.role()));
                case OpenTable open -> sink.add(new UpstreamColumn(open.table(), UpstreamColumn.ALL), Use.VALUE);
            }
        }
        return List.of(new ScopeColumn(
                "_col_0",
                "struct",
                false,
                sink.dependencies(),
                new Canon.Call("struct", canons(parts)),
                null,
                sink.windowed(),
                null,
                select.range(),
                parts));
    }

    private void unparsed() {
        for (UnparsedClause clause : select.unparsed()) {
            having.add(derivation.unparsed(clause.reason(), clause.range()));
        }
    }
}
