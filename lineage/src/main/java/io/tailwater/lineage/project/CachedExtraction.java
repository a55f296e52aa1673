package io.tailwater.lineage.project;

import io.tailwater.lineage.graph.Dataset;

/** What an {@link ExtractionCache} keeps; opaque to the cache. */
public sealed interface CachedExtraction {
    /**
     * One dataset, as extracted.
     *
     * @param dataset the dataset with its columns and dependencies
     * @param readByName hash over what the result depends on besides its key, since only the extraction tells: relations
     *     that the query names itself; empty where it names none. The result holds only where that is the same
     */
    record ExtractedDataset(Dataset dataset, String readByName) implements CachedExtraction {}
}
