package io.tailwater.lineage.graph;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Something that could not be established, and why.
 *
 * @param location where it stands
 * @param reason one sentence for the author of the file
 * @param dataset name of the dataset concerned; null where a file as a whole is meant
 * @param column normalised name of the column concerned; null where more than one column is meant
 */
public record Unresolved(
        SourceLocation location,
        String reason,
        @Nullable String dataset,
        @Nullable String column) {
    public Unresolved {
        Objects.requireNonNull(location, "location");
        Objects.requireNonNull(reason, "reason");
    }
}
