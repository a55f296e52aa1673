package io.tailwater.lineage.graph;

import java.util.List;
import java.util.Objects;

/**
 * A {@code *} that brings all columns of a dataset whose columns nothing tells.
 *
 * @param datasetId {@link Dataset#id()} of the dataset whose columns arrive, always present in the same {@link RepositoryLineage}
 * @param except columns left out of the star, as normalised names
 * @param location where the star stands
 */
public record OpenStar(String datasetId, List<String> except, SourceLocation location) {
    public OpenStar {
        Objects.requireNonNull(datasetId, "datasetId");
        except = List.copyOf(except);
        Objects.requireNonNull(location, "location");
    }
}
