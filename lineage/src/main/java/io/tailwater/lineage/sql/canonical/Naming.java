package io.tailwater.lineage.sql.canonical;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Names for the instances of one query, independent of aliases and of the order in FROM. A relation read once has its own name; several readings of the same
 * relation are numbered by what the query says about each.
 */
public final class Naming {

    private final IdentityHashMap<Instance, String> exact = new IdentityHashMap<>();
    private final IdentityHashMap<Instance, String> shape = new IdentityHashMap<>();
    private final @Nullable Naming parent;

    private Naming(@Nullable Naming parent) {
        this.parent = parent;
    }

    /** Names the instances of {@code form}; {@code parent} names those of the query around it. */
    public static Naming of(QueryForm form, @Nullable Naming parent) {
        Naming naming = new Naming(parent);
        List<Instance> instances = new ArrayList<>();
        form.joins().forEachInstance(instances::add);
        for (Instance instance : instances) {
            naming.exact.put(instance, instance.exact());
            naming.shape.put(instance, instance.shape());
        }
        Map<String, List<Instance>> sameShape = new HashMap<>();
        instances.forEach(instance -> sameShape
                .computeIfAbsent(instance.shape(), key -> new ArrayList<>())
                .add(instance));
        for (List<Instance> same : sameShape.values()) {
            if (same.size() > 1) {
                naming.number(same, form);
            }
        }
        return naming;
    }

    private void number(List<Instance> same, QueryForm form) {
        IdentityHashMap<Instance, String> signatures = new IdentityHashMap<>();
        FormText text = new FormText(this, Detail.SHAPE);
        for (Instance instance : same) {
            signatures.put(instance, text.signature(form, instance));
        }
        List<Instance> ordered = new ArrayList<>(same);
        ordered.sort(Comparator.comparing((Instance each) -> signatures.getOrDefault(each, ""))
                .thenComparing(Instance::exact));
        int number = 0;
        for (Instance instance : ordered) {
            number++;
            exact.put(instance, instance.exact() + "~" + number);
            shape.put(instance, instance.shape() + "~" + number);
        }
    }

    String name(Instance instance, Detail detail) {
        Map<Instance, String> names = detail == Detail.EXACT ? exact : shape;
        String name = names.get(instance);
        if (name != null) {
            return name;
        }
        if (parent != null) {
            return parent.name(instance, detail);
        }
        return detail == Detail.EXACT ? instance.exact() : instance.shape();
    }
}
