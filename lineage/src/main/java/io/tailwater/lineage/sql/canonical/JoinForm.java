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
 * @param folds how many queries were folded into one another to get here; a chain of queries is not folded without end
 */
public record JoinForm(List<Instance> instances, List<Canon> conditions, List<OuterForm> outer, int folds) {

    /** Longer chains and larger queries are read as relations of their own, which bounds depth and size of canonical forms. */
    private static final int DEEPEST = 64;

    private static final int LARGEST = 64;

    /** No relation at all. */
    public static final JoinForm EMPTY = new JoinForm(List.of(), List.of(), List.of(), 0);

    /** One relation. */
    public static JoinForm of(Instance instance) {
        return new JoinForm(List.of(instance), List.of(), List.of(), 0);
    }

    /** An inner join of the two under further conditions. */
    public JoinForm inner(JoinForm other, List<Canon> on) {
        List<Canon> all = concat(concat(conditions, other.conditions), on);
        return new JoinForm(
                concat(instances, other.instances), all, concat(outer, other.outer), Math.max(folds, other.folds));
    }

    /** This with something joined to it in another way than by an inner join. */
    public JoinForm with(OuterForm form) {
        List<OuterForm> all = new ArrayList<>(outer);
        all.add(form);
        return new JoinForm(instances, conditions, all, folds);
    }

    /** The same, folded once more. */
    public JoinForm folded() {
        return new JoinForm(instances, conditions, outer, folds + 1);
    }

    /** Whether a query that joins like this is small enough to be folded into its reader. */
    public boolean mayBeFolded() {
        int[] size = {conditions.size() / 4};
        forEachInstance(instance -> size[0]++);
        return folds < DEEPEST && size[0] < LARGEST;
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
