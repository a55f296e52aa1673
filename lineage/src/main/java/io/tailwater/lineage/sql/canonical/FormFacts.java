package io.tailwater.lineage.sql.canonical;

import io.tailwater.lineage.sql.result.Dependency;
import io.tailwater.lineage.sql.result.OuterJoin;
import io.tailwater.lineage.sql.result.RowFacts;
import io.tailwater.lineage.sql.result.RowSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Turns a canonical form into the row-deciding facts of a result. */
public final class FormFacts {

    private FormFacts() {}

    /** The facts of a form whose instances {@code naming} names. */
    public static RowFacts of(QueryForm form, Naming naming, Set<Dependency.Indirect> dependencies) {
        FormText text = new FormText(naming, Detail.SHAPE);
        List<Canon> filters = new ArrayList<>(form.joins().conditions());
        filters.addAll(form.filters());
        List<String> conditions = new ArrayList<>(text.sorted(filters));
        text.sorted(form.having()).forEach(condition -> conditions.add("after grouping: " + condition));
        SetForm set = form.set();
        return new RowFacts(
                sources(form.joins().instances(), naming),
                conditions,
                form.joins().outer().stream()
                        .map(outer -> outerJoin(outer, form, naming, text))
                        .sorted(Comparator.comparing(OuterJoin::text))
                        .toList(),
                form.grain() == null ? List.of() : text.sorted(form.grain()),
                form.grain() != null,
                form.distinct(),
                form.limit() == null ? null : text.of(form.limit()),
                set == null ? null : set.operator(),
                set == null ? List.of() : branches(set, naming),
                dependencies);
    }

    private static List<RowSource> branches(SetForm set, Naming naming) {
        List<RowSource> branches = new ArrayList<>();
        for (QueryForm branch : set.branches()) {
            Naming inside = Naming.of(branch, naming);
            String place = set.free() ? "" : branches.size() + 1 + ": ";
            String shape = place + FormKey.tables(branch);
            String name = shape + "#" + Digest.of(new FormText(inside, Detail.EXACT).rows(branch));
            branches.add(new RowSource(name, shape, null, of(branch, inside, Set.of())));
        }
        if (set.free()) {
            branches.sort(Comparator.comparing(RowSource::name));
        }
        return branches;
    }

    private static List<RowSource> sources(List<Instance> instances, Naming naming) {
        return instances.stream()
                .map(instance -> source(instance, naming))
                .sorted(Comparator.comparing(RowSource::name))
                .toList();
    }

    private static RowSource source(Instance instance, Naming naming) {
        FormKey form = instance.form();
        return new RowSource(
                naming.name(instance, Detail.EXACT),
                naming.name(instance, Detail.SHAPE),
                instance.table(),
                form == null ? null : form.facts());
    }

    private static OuterJoin outerJoin(OuterForm outer, QueryForm form, Naming naming, FormText text) {
        List<Instance> joined = new ArrayList<>();
        outer.right().forEachInstance(joined::add);
        List<Canon> conditions = new ArrayList<>(outer.on());
        conditions.addAll(outer.right().conditions());
        List<String> texts = new ArrayList<>(text.sorted(conditions));
        outer.right()
                .outer()
                .forEach(nested -> texts.addAll(text.sorted(nested.on()).stream()
                        .map(on -> nested.kind() + ": " + on)
                        .toList()));
        JoinForm left = outer.left();
        if (left != null) {
            left.forEachInstance(joined::add);
            texts.addAll(text.sorted(left.conditions()));
        }
        return new OuterJoin(
                outer.kind(),
                sources(joined, naming),
                texts,
                joined.size() == 1 ? keys(outer, joined.getFirst()) : Set.of(),
                new Reads(joined).anywhereBut(outer, form));
    }

    /** Columns of {@code joined} that the join's condition sets equal to something that does not come from it. */
    private static Set<String> keys(OuterForm outer, Instance joined) {
        Set<String> keys = new HashSet<>();
        for (Canon condition : outer.on()) {
            if (condition instanceof Canon.Operation equal
                    && equal.symbol().equals("=")
                    && equal.operands().size() == 2) {
                for (int side = 0; side < 2; side++) {
                    if (equal.operands().get(side) instanceof Canon.Column column
                            && column.instance() == joined
                            && !new Reads(List.of(joined))
                                    .within(equal.operands().get(1 - side))) {
                        keys.add(column.name());
                    }
                }
            }
        }
        return keys;
    }
}
