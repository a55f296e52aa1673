package io.tailwater.lineage.compare;

import io.tailwater.lineage.graph.Dependency;
import io.tailwater.lineage.graph.SourceLocation;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One use of a relation by a dataset of another repository.
 *
 * @param repository repository of the reader
 * @param revision revision of it that was read
 * @param dataset name of the reader
 * @param qualifiedName full relation name of the reader, by which its own readers are found; null where it is no relation
 * @param kind kind of the reader
 * @param usesColumn column of the relation that is used; null where its rows are used, or where a star takes all columns
 * @param feedsColumn column of the reader that depends on it; null where the reader's rows do, or the reader as a whole
 * @param dependency how it is used
 * @param location where it is used
 * @param owners people or teams, as that repository names them
 */
public record WorkspaceReader(
        String repository,
        String revision,
        String dataset,
        @Nullable String qualifiedName,
        String kind,
        @Nullable String usesColumn,
        @Nullable String feedsColumn,
        Dependency dependency,
        SourceLocation location,
        List<String> owners) {
    public WorkspaceReader {
        Objects.requireNonNull(repository, "repository");
        Objects.requireNonNull(revision, "revision");
        Objects.requireNonNull(dataset, "dataset");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(dependency, "dependency");
        Objects.requireNonNull(location, "location");
        owners = List.copyOf(owners);
    }
}
