package io.tailwater.lineage.graph;

import java.util.Objects;

/**
 * One place where a dataset names another one as data. A reference inside an SQL comment is none.
 *
 * @param datasetId {@link Dataset#id()} of the dataset that is read, always present in the same {@link RepositoryLineage}
 * @param location where it is named
 */
public record DatasetRead(String datasetId, SourceLocation location) {
    public DatasetRead {
        Objects.requireNonNull(datasetId, "datasetId");
        Objects.requireNonNull(location, "location");
    }
}
