package io.tailwater.lineage.compare;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One step of an impact's path, from the change towards the reader.
 *
 * @param dataset dataset of the step
 * @param column column of it; null where its rows or the whole dataset are meant
 * @param dependency how it depends on the step before: the wire name of a {@link io.tailwater.lineage.graph.Dependency}, {@code reference}, or {@code change} for the first step
 * @param at where this is written
 */
public record Hop(String dataset, @Nullable String column, String dependency, Evidence at) {
    public Hop {
        Objects.requireNonNull(dataset, "dataset");
        Objects.requireNonNull(dependency, "dependency");
        Objects.requireNonNull(at, "at");
    }
}
