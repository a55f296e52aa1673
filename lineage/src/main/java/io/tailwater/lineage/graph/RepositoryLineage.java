package io.tailwater.lineage.graph;

import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * All that one revision of a repository says about its data.
 *
 * @param repository name of the repository as people know it, e.g. {@code workspace/repository}
 * @param revision commit id
 * @param datasets every dataset the repository produces, declares, reads or misses; ids are unique
 * @param unresolved what is not known about any of them or about files that belong to none, each once
 * @param coverage how much was understood
 */
public record RepositoryLineage(
        String repository, String revision, List<Dataset> datasets, List<Unresolved> unresolved, Coverage coverage) {
    public RepositoryLineage {
        Objects.requireNonNull(repository, "repository");
        Objects.requireNonNull(revision, "revision");
        Objects.requireNonNull(coverage, "coverage");
        datasets = List.copyOf(datasets);
        unresolved = List.copyOf(unresolved);
        Set<String> ids = new HashSet<>();
        for (Dataset dataset : datasets) {
            if (!ids.add(dataset.id())) {
                throw new IllegalArgumentException("two datasets with the id " + dataset.id());
            }
        }
    }

    /** The dataset of that id; walks the list, so build an index for many look-ups. */
    public Optional<Dataset> dataset(String id) {
        return datasets.stream().filter(dataset -> dataset.id().equals(id)).findFirst();
    }
}
