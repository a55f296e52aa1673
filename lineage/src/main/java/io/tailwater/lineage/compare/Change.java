package io.tailwater.lineage.compare;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What differs about one dataset between merge base and head, seen at the dataset itself.
 *
 * @param dataset name of the dataset
 * @param qualifiedName full relation name, of a renamed dataset the old one; null where unknown
 * @param datasetKind kind of the dataset, as in {@link io.tailwater.lineage.graph.Dataset#kind()}
 * @param kind what changed
 * @param column column concerned; null where the dataset as a whole is meant
 * @param renamedTo new name after a rename; null otherwise
 * @param at where: at head, or at the merge base for what is gone
 * @param because one sentence: what was found
 * @param certainty whether the change is certain
 * @param suppressed whether people decided to live with it, so that by itself it counts for nothing
 */
public record Change(
        String dataset,
        @Nullable String qualifiedName,
        String datasetKind,
        ChangeKind kind,
        @Nullable String column,
        @Nullable String renamedTo,
        Evidence at,
        String because,
        Certainty certainty,
        boolean suppressed) {
    public Change {
        Objects.requireNonNull(dataset, "dataset");
        Objects.requireNonNull(datasetKind, "datasetKind");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(at, "at");
        Objects.requireNonNull(because, "because");
        Objects.requireNonNull(certainty, "certainty");
    }

    /** A change that counts. */
    public Change(
            String dataset,
            @Nullable String qualifiedName,
            String datasetKind,
            ChangeKind kind,
            @Nullable String column,
            @Nullable String renamedTo,
            Evidence at,
            String because,
            Certainty certainty) {
        this(dataset, qualifiedName, datasetKind, kind, column, renamedTo, at, because, certainty, false);
    }

    /** The same as one that people decided to live with. */
    Change asSuppressed() {
        return new Change(dataset, qualifiedName, datasetKind, kind, column, renamedTo, at, because, certainty, true);
    }
}
