package io.tailwater.lineage.project;

import io.tailwater.lineage.graph.Dataset;

/** What an {@link ExtractionCache} keeps; opaque to the cache. */
public sealed interface CachedExtraction {
    /**
     * One dataset, as extracted.
     *
     * @param dataset the dataset with its columns and dependencies
     */
    record ExtractedDataset(Dataset dataset) implements CachedExtraction {}
}
