package io.tailwater.lineage.graph;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A named part of a dataset.
 *
 * @param name normalised name: folded as the dataset's dialect folds it, so that equal names are equal strings
 * @param type declared or cast type as written; null where nothing tells it
 * @param location where the column is defined
 * @param dependencies upstream columns this column's values depend on; empty for a constant or a column of a source
 */
public record Column(String name, @Nullable String type, SourceLocation location, List<ColumnDependency> dependencies) {
    public Column {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(location, "location");
        dependencies = List.copyOf(dependencies);
    }
}
