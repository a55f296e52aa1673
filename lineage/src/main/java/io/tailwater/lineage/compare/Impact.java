package io.tailwater.lineage.compare;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the change does to one reader, or to one column of it.
 *
 * @param repository repository of the reader
 * @param dataset name of the reader
 * @param qualifiedName full relation name of the reader; null where unknown or where it is no relation
 * @param kind kind of the reader, as in {@link io.tailwater.lineage.graph.Dataset#kind()}
 * @param column column of the reader; null where its rows or the whole reader are meant
 * @param effect what happens to it
 * @param certainty how sure that is
 * @param changedHere whether the same change edits the reader, too
 * @param owners people or teams, as the repository names them
 * @param because one sentence: what was found
 * @param path hops from the change to the reader, at least one
 * @param severity what it counts as because the repository's configuration says so; null where its effect tells
 */
public record Impact(
        String repository,
        String dataset,
        @Nullable String qualifiedName,
        String kind,
        @Nullable String column,
        Effect effect,
        Certainty certainty,
        boolean changedHere,
        List<String> owners,
        String because,
        List<Hop> path,
        @Nullable Verdict severity) {
    public Impact {
        Objects.requireNonNull(repository, "repository");
        Objects.requireNonNull(dataset, "dataset");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(effect, "effect");
        Objects.requireNonNull(certainty, "certainty");
        Objects.requireNonNull(because, "because");
        owners = List.copyOf(owners);
        path = List.copyOf(path);
        if (path.isEmpty()) {
            throw new IllegalArgumentException("an impact on " + dataset + " without evidence");
        }
    }

    /** An impact that counts as its effect says. */
    public Impact(
            String repository,
            String dataset,
            @Nullable String qualifiedName,
            String kind,
            @Nullable String column,
            Effect effect,
            Certainty certainty,
            boolean changedHere,
            List<String> owners,
            String because,
            List<Hop> path) {
        this(
                repository,
                dataset,
                qualifiedName,
                kind,
                column,
                effect,
                certainty,
                changedHere,
                owners,
                because,
                path,
                null);
    }

    /** The same, counting as something else. */
    Impact countingAs(Verdict counted) {
        return new Impact(
                repository,
                dataset,
                qualifiedName,
                kind,
                column,
                effect,
                certainty,
                changedHere,
                owners,
                because,
                path,
                counted);
    }
}
