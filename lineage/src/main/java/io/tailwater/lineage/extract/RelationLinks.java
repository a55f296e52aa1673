package io.tailwater.lineage.extract;

import io.tailwater.lineage.graph.Column;
import io.tailwater.lineage.graph.ColumnDependency;
import io.tailwater.lineage.graph.Dataset;
import io.tailwater.lineage.graph.DatasetRead;
import io.tailwater.lineage.graph.DatasetRole;
import io.tailwater.lineage.graph.OpenStar;
import io.tailwater.lineage.project.LinkedSource;
import io.tailwater.lineage.project.lightdash.LightdashReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Joins what several readers found in one repository: a relation that one of them only names is the dataset that another
 * one produces under the same full name, and a source that one declares reads it. A name that two datasets have joins nothing.
 */
final class RelationLinks {
    private RelationLinks() {}

    static List<Dataset> join(List<Dataset> datasets) {
        Map<String, Dataset> byName = new HashMap<>();
        Set<String> ambiguous = new HashSet<>();
        for (Dataset dataset : datasets) {
            if (dataset.role() == DatasetRole.PRODUCED && dataset.qualifiedName() != null) {
                Dataset other = byName.put(dataset.qualifiedName(), dataset);
                if (other != null) {
                    ambiguous.add(dataset.qualifiedName());
                }
            }
        }
        Map<String, String> moved = new HashMap<>(namedAsInDbt(datasets));
        Map<String, Dataset> linked = new HashMap<>();
        for (Dataset dataset : datasets) {
            String name = dataset.qualifiedName();
            Dataset produced = name == null || ambiguous.contains(name) ? null : byName.get(name);
            if (produced == null) {
                continue;
            }
            if (dataset.role() == DatasetRole.REFERENCED) {
                moved.put(dataset.id(), produced.id());
            } else if (dataset.role() == DatasetRole.SOURCE && dataset.reads().isEmpty()) {
                linked.put(dataset.id(), LinkedSource.of(dataset, produced));
            }
        }
        if (moved.isEmpty() && linked.isEmpty()) {
            return datasets;
        }
        List<Dataset> joined = new ArrayList<>();
        for (Dataset dataset : datasets) {
            if (!moved.containsKey(dataset.id())) {
                joined.add(rewritten(linked.getOrDefault(dataset.id(), dataset), moved));
            }
        }
        return joined;
    }

    /** Datasets named by what dbt calls a model, and the one model of that name. */
    private static Map<String, String> namedAsInDbt(List<Dataset> datasets) {
        Map<String, String> models = new HashMap<>();
        Set<String> ambiguous = new HashSet<>();
        for (Dataset dataset : datasets) {
            boolean model =
                    dataset.role() == DatasetRole.PRODUCED && dataset.id().startsWith("dbt.");
            if (model && models.put(dataset.name(), dataset.id()) != null) {
                ambiguous.add(dataset.name());
            }
        }
        Map<String, String> moved = new HashMap<>();
        for (Dataset dataset : datasets) {
            String model = ambiguous.contains(dataset.name()) ? null : models.get(dataset.name());
            if (dataset.id().startsWith(LightdashReader.DBT_MODEL) && model != null) {
                moved.put(dataset.id(), model);
            }
        }
        return moved;
    }

    static Dataset rewritten(Dataset dataset, Map<String, String> moved) {
        if (dataset.reads().stream().noneMatch(read -> moved.containsKey(read.datasetId()))) {
            return dataset;
        }
        return new Dataset(
                dataset.id(),
                dataset.name(),
                dataset.qualifiedName(),
                dataset.kind(),
                dataset.role(),
                dataset.location(),
                dataset.published(),
                dataset.columns().stream()
                        .map(column -> new Column(
                                column.name(),
                                column.type(),
                                column.location(),
                                dependencies(column.dependencies(), moved)))
                        .toList(),
                dataset.openStars().stream()
                        .map(star -> new OpenStar(id(star.datasetId(), moved), star.except(), star.location()))
                        .toList(),
                dataset.reads().stream()
                        .map(read -> new DatasetRead(id(read.datasetId(), moved), read.location()))
                        .toList(),
                dependencies(dataset.rowDependencies(), moved),
                dataset.owners(),
                dataset.completeness(),
                dataset.unresolved(),
                dataset.definition());
    }

    private static List<ColumnDependency> dependencies(List<ColumnDependency> uses, Map<String, String> moved) {
        return uses.stream()
                .map(use -> new ColumnDependency(id(use.datasetId(), moved), use.column(), use.kind(), use.location()))
                .toList();
    }

    private static String id(String id, Map<String, String> moved) {
        return moved.getOrDefault(id, id);
    }
}
