package io.tailwater.lineage.compare;

import io.tailwater.lineage.graph.Column;
import io.tailwater.lineage.graph.Dataset;
import io.tailwater.lineage.graph.Definition;
import io.tailwater.lineage.project.Relations;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What enforced contracts promise, and whether the build would keep it. */
final class Contracts {
    private Contracts() {}

    /** Names of the columns a contract promises; none if no contract is enforced. */
    static Set<String> columns(Dataset dataset) {
        Set<String> names = new LinkedHashSet<>();
        Definition definition = dataset.definition();
        if (definition != null) {
            for (String setting : definition.settings()) {
                if (setting.startsWith(Definition.CONTRACT_SETTING)) {
                    names.add(setting.substring(Definition.CONTRACT_SETTING.length(), setting.lastIndexOf('=')));
                }
            }
        }
        return names;
    }

    /** Why the build would refuse a dataset: its query gives other columns than its contract lists; null if it would not. */
    static @Nullable String violation(Dataset dataset) {
        Set<String> promised = columns(dataset);
        if (promised.isEmpty() || !Relations.knowsAllColumns(dataset)) {
            return null;
        }
        Set<String> given = new TreeSet<>();
        dataset.columns().stream().map(Column::name).forEach(given::add);
        List<String> problems = new ArrayList<>();
        promised.stream()
                .filter(name -> !given.contains(name))
                .forEach(name -> problems.add("its contract lists " + name + ", which its query does not give"));
        given.stream()
                .filter(name -> !promised.contains(name))
                .forEach(name -> problems.add("its query gives " + name + ", which its contract does not list"));
        return problems.isEmpty() ? null : problems.get(0);
    }
}
