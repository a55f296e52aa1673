package io.tailwater.lineage.sql.canonical;

import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/** Whether something reads one of the given instances. */
final class Reads {

    private final Set<Instance> instances = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Set<Canon> seen = Collections.newSetFromMap(new IdentityHashMap<>());

    Reads(Collection<Instance> instances) {
        this.instances.addAll(instances);
    }

    boolean within(Canon canon) {
        return switch (canon) {
            case Canon.Text text -> false;
            case Canon.Column column -> instances.contains(column.instance());
            case Canon.Operation operation -> first(operation) && any(operation.operands());
            case Canon.Call call -> first(call) && any(call.arguments());
            case Canon.Nested nested -> first(nested) && within(nested.form());
        };
    }

    private boolean first(Canon canon) {
        return seen.add(canon);
    }

    private boolean any(List<Canon> canons) {
        return canons.stream().anyMatch(this::within);
    }

    private boolean within(QueryForm form) {
        SetForm set = form.set();
        return any(form.columns())
                || any(form.filters())
                || form.grain() != null && any(form.grain())
                || any(form.having())
                || form.limit() != null && within(form.limit())
                || joins(form.joins(), null)
                || set != null && set.branches().stream().anyMatch(this::within);
    }

    private boolean joins(JoinForm joins, @org.jspecify.annotations.Nullable OuterForm but) {
        if (any(joins.conditions())) {
            return true;
        }
        for (OuterForm outer : joins.outer()) {
            if (outer != but && (any(outer.on()) || joins(outer.right(), but))) {
                return true;
            }
        }
        return false;
    }

    /** Whether {@code form} reads them in any place but the join {@code but}. */
    boolean anywhereBut(OuterForm but, QueryForm form) {
        return any(form.columns())
                || any(form.filters())
                || form.grain() != null && any(form.grain())
                || any(form.having())
                || form.limit() != null && within(form.limit())
                || joins(form.joins(), but);
    }
}
