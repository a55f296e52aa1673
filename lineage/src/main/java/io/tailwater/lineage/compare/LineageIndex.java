package io.tailwater.lineage.compare;

import io.tailwater.lineage.graph.Column;
import io.tailwater.lineage.graph.ColumnDependency;
import io.tailwater.lineage.graph.Dataset;
import io.tailwater.lineage.graph.DatasetKinds;
import io.tailwater.lineage.graph.DatasetRead;
import io.tailwater.lineage.graph.OpenStar;
import io.tailwater.lineage.graph.RepositoryLineage;
import io.tailwater.lineage.graph.SourceLocation;
import io.tailwater.lineage.project.Relations;
import io.tailwater.lineage.sql.SqlOptions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One revision's lineage, ready to be asked who reads what. */
final class LineageIndex {
    private final RepositoryLineage lineage;
    private final Map<String, Dataset> byId = new LinkedHashMap<>();
    private final Map<String, Map<Dataset, DatasetRead>> readers = new HashMap<>();
    private final Map<String, List<ColumnReader>> columnReaders = new HashMap<>();
    private final Map<String, List<StarReader>> starReaders = new HashMap<>();
    private final Map<String, Relations> relations = new HashMap<>();

    /**
     * A use of a column by a dataset.
     *
     * @param reader who reads
     * @param column the reader's column that depends on it; null where its rows do
     * @param dependency how
     */
    record ColumnReader(Dataset reader, @Nullable Column column, ColumnDependency dependency) {}

    /** A star that brings all columns of a dataset into another one. */
    record StarReader(Dataset reader, OpenStar star) {}

    LineageIndex(RepositoryLineage lineage) {
        this.lineage = lineage;
        for (Dataset dataset : lineage.datasets()) {
            byId.put(dataset.id(), dataset);
        }
        for (Dataset dataset : lineage.datasets()) {
            for (DatasetRead read : dataset.reads()) {
                readers.computeIfAbsent(read.datasetId(), id -> new LinkedHashMap<>())
                        .putIfAbsent(dataset, read);
            }
            dataset.rowDependencies().forEach(dependency -> add(dataset, null, dependency));
            dataset.columns()
                    .forEach(column -> column.dependencies().forEach(dependency -> add(dataset, column, dependency)));
            dataset.openStars()
                    .forEach(star -> starReaders
                            .computeIfAbsent(star.datasetId(), id -> new ArrayList<>())
                            .add(new StarReader(dataset, star)));
        }
    }

    private void add(Dataset reader, @Nullable Column column, ColumnDependency dependency) {
        if (!reader.id().equals(dependency.datasetId()) || DatasetKinds.isFieldwise(reader.kind())) {
            columnReaders
                    .computeIfAbsent(dependency.datasetId(), id -> new ArrayList<>())
                    .add(new ColumnReader(reader, column, dependency));
        }
    }

    RepositoryLineage lineage() {
        return lineage;
    }

    @Nullable
    Dataset dataset(String id) {
        return byId.get(id);
    }

    Iterable<Dataset> datasets() {
        return byId.values();
    }

    /** Who reads a dataset, each with its first place. */
    Map<Dataset, DatasetRead> readers(String id) {
        return readers.getOrDefault(id, Map.of());
    }

    /** Uses of columns of a dataset; those of the whole row are among them with a null column. */
    List<ColumnReader> columnReaders(String id) {
        return columnReaders.getOrDefault(id, List.of());
    }

    List<StarReader> starReaders(String id) {
        return starReaders.getOrDefault(id, List.of());
    }

    /** What queries of a dialect find under the names of datasets. */
    Relations relations(String dialect) {
        return relations.computeIfAbsent(dialect, name -> {
            Relations all = new Relations(SqlOptions.of(name).nameRules());
            byId.values().forEach(all::define);
            return all;
        });
    }

    Evidence evidence(SourceLocation location) {
        SourceLocation through = location.through();
        return new Evidence(
                lineage.repository(),
                location.path(),
                location.line(),
                lineage.revision(),
                through == null ? null : evidence(through));
    }
}
