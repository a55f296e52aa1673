package io.tailwater.lineage.graph;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One use of an upstream column.
 *
 * @param datasetId {@link Dataset#id()} of the upstream dataset, always present in the same {@link RepositoryLineage}
 * @param column name of the upstream column; null when the dataset's rows are meant and no column of it is named
 * @param kind how it is used
 * @param location where it is used
 */
public record ColumnDependency(String datasetId, @Nullable String column, Dependency kind, SourceLocation location) {
    public ColumnDependency {
        Objects.requireNonNull(datasetId, "datasetId");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(location, "location");
    }
}
