package io.tailwater.lineage.sql.canonical;

import java.util.IdentityHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts fresh instances in place of a query's own, for a query that is folded into its reader more than once. Keeps shared parts shared. */
public final class Exchange {

    private final IdentityHashMap<Instance, Instance> instances = new IdentityHashMap<>();
    private final IdentityHashMap<Canon, Canon> done = new IdentityHashMap<>();

    /** An exchange of all instances that {@code form} reads. */
    public Exchange(QueryForm form) {
        form.joins().forEachInstance(instance -> instances.put(instance, instance.again()));
    }

    /** The same expression over the fresh instances. */
    public Canon of(Canon canon) {
        Canon known = done.get(canon);
        if (known == null) {
            known = exchanged(canon);
            done.put(canon, known);
        }
        return known;
    }

    private Canon exchanged(Canon canon) {
        return switch (canon) {
            case Canon.Text text -> text;
            case Canon.Column column -> column.of(of(column.instance()));
            case Canon.Operation operation ->
                new Canon.Operation(operation.symbol(), operation.commutative(), all(operation.operands()));
            case Canon.Call call -> new Canon.Call(call.name(), all(call.arguments()));
            case Canon.Nested nested -> new Canon.Nested(form(nested.form()));
        };
    }

    /** The fresh instance for one of the query's own; any other stays. */
    public Instance of(Instance instance) {
        return instances.getOrDefault(instance, instance);
    }

    /** The same joins over the fresh instances. */
    public JoinForm of(JoinForm joins) {
        return new JoinForm(
                joins.instances().stream().map(this::of).toList(),
                all(joins.conditions()),
                joins.outer().stream().map(this::outer).toList(),
                joins.folds());
    }

    /** The same expressions over the fresh instances. */
    public List<Canon> all(List<Canon> canons) {
        return canons.stream().map(this::of).toList();
    }

    private OuterForm outer(OuterForm outer) {
        JoinForm left = outer.left();
        return new OuterForm(outer.kind(), of(outer.right()), all(outer.on()), left == null ? null : of(left));
    }

    private QueryForm form(QueryForm form) {
        SetForm set = form.set();
        return new QueryForm(
                of(form.joins()),
                all(form.filters()),
                orNull(form.grain()),
                all(form.having()),
                form.distinct(),
                form.limit() == null ? null : of(form.limit()),
                set == null
                        ? null
                        : new SetForm(
                                set.operator(),
                                set.free(),
                                set.branches().stream().map(this::form).toList()),
                all(form.columns()));
    }

    private @Nullable List<Canon> orNull(@Nullable List<Canon> canons) {
        return canons == null ? null : all(canons);
    }
}
