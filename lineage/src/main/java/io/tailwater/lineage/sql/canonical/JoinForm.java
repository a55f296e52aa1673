package io.tailwater.lineage.sql.canonical;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Relations that meet: inner ones freely, in any order, the others hanging on them.
 *
 * @param instances relations joined by inner and cross joins
 * @param conditions what inner joins demand
 * @param outer everything joined in another way
 */
public record JoinForm(List<Instance> instances, List<Canon> conditions, List<OuterForm> outer) {

    /** No relation at all. */
    public static final JoinForm EMPTY = new JoinForm(List.of(), List.of(), List.of());

    /** One relation. */
    public static JoinForm of(Instance instance) {
        return new JoinForm(List.of(instance), List.of(), List.of());
    }

    /** An inner join of the two under further conditions. */
    public JoinForm inner(JoinForm other, List<Canon> on) {
        List<Canon> all = new ArrayList<>(conditions);
        all.addAll(other.conditions);
        all.addAll(on);
        return new JoinForm(concat(instances, other.instances), all, concat(outer, other.outer));
    }

    /** This with something joined to it in another way than by an inner join. */
    public JoinForm with(OuterForm form) {
        List<OuterForm> all = new ArrayList<>(outer);
        all.add(form);
        return new JoinForm(instances, conditions, all);
    }

    /** Calls {@code action} for every instance, those of outer joins included. */
    public void forEachInstance(Consumer<Instance> action) {
        instances.forEach(action);
        outer.forEach(form -> form.forEachInstance(action));
    }

    private static <T> List<T> concat(List<T> first, List<T> second) {
        if (second.isEmpty()) {
            return first;
        }
        if (first.isEmpty()) {
            return second;
        }
        List<T> all = new ArrayList<>(first);
        all.addAll(second);
        return all;
    }
}
