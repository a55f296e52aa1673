package io.tailwater.lineage.project.sql;

import io.tailwater.lineage.graph.Completeness;
import io.tailwater.lineage.graph.Dataset;
import io.tailwater.lineage.graph.DatasetRead;
import io.tailwater.lineage.graph.DatasetRole;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Adds the tables that are read and that nothing here makes. */
final class NamedOnly {
    private final Map<String, Dataset> datasets;

    NamedOnly(Map<String, Dataset> datasets) {
        this.datasets = datasets;
    }

    void add() {
        Map<String, Dataset> named = new LinkedHashMap<>();
        for (Dataset dataset : datasets.values()) {
            for (DatasetRead read : dataset.reads()) {
                if (!datasets.containsKey(read.datasetId())) {
                    named.computeIfAbsent(read.datasetId(), id -> namedOnly(id, read));
                }
            }
        }
        named.forEach(datasets::putIfAbsent);
    }

    private static Dataset namedOnly(String id, DatasetRead read) {
        String name = id.substring(SqlDatasets.PREFIX.length());
        return new Dataset(
                id,
                name,
                name,
                "table",
                DatasetRole.REFERENCED,
                read.location(),
                false,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Completeness.UNKNOWN,
                List.of(),
                null);
    }
}
