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
 * @param concern what is not known because of it
 */
public record Unresolved(
        SourceLocation location,
        String reason,
        @Nullable String dataset,
        @Nullable String column,
        Concern concern) {

    /** What of a dataset is not known. */
    public enum Concern {
        /** Which columns it has, or anything at all. */
        COLUMNS,
        /** What a column is computed from; which columns there are is known. */
        VALUES,
        /** Which rows it has; its columns and what they are computed from are known. */
        ROWS
    }

    /** Something because of which it is not even known which columns the dataset has. */
    public Unresolved(SourceLocation location, String reason, @Nullable String dataset, @Nullable String column) {
        this(location, reason, dataset, column, Concern.COLUMNS);
    }

    public Unresolved {
        Objects.requireNonNull(location, "location");
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(concern, "concern");
    }
}
