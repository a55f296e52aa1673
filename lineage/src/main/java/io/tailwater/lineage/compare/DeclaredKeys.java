package io.tailwater.lineage.compare;

import io.tailwater.lineage.graph.Dataset;
import io.tailwater.lineage.graph.Definition;
import io.tailwater.lineage.sql.compare.UniqueKeys;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Keys that the tests of a revision declare unique. */
final class DeclaredKeys {
    private static final String UNIQUE = "unique=";

    private DeclaredKeys() {}

    static UniqueKeys of(LineageIndex index) {
        Map<String, List<Set<String>>> keys = new HashMap<>();
        for (Dataset dataset : index.datasets()) {
            Definition definition = dataset.definition();
            if (!dataset.kind().equals("test")
                    || definition == null
                    || dataset.reads().isEmpty()) {
                continue;
            }
            for (String setting : definition.settings()) {
                if (setting.startsWith(UNIQUE)) {
                    keys.computeIfAbsent(dataset.reads().get(0).datasetId(), id -> new ArrayList<>())
                            .add(new HashSet<>(Arrays.asList(
                                    setting.substring(UNIQUE.length()).split(","))));
                }
            }
        }
        return (table, columns) -> {
            String id = index.relations("ansi").datasetId(table);
            return keys.getOrDefault(id, List.of()).stream().anyMatch(columns::containsAll);
        };
    }
}
