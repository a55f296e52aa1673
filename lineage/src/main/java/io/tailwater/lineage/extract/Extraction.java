package io.tailwater.lineage.extract;

import io.tailwater.lineage.graph.RepositoryLineage;
import io.tailwater.lineage.project.CachedExtraction;
import io.tailwater.lineage.project.ExtractionCache;
import io.tailwater.lineage.project.ExtractionKey;
import java.util.Map;

/**
 * The lineage of one revision, and what its files say one by one: the reading of another revision that finds these in
 * its cache works out only what differs. {@link LineageCodec} turns it into bytes and back.
 *
 * @param lineage what the revision says about its data
 * @param files what its files say, by all it depends on
 */
public record Extraction(RepositoryLineage lineage, Map<ExtractionKey, CachedExtraction> files) {
    public Extraction {
        files = Map.copyOf(files);
    }

    /** Gives the cache what the files say. */
    public void fill(ExtractionCache cache) {
        files.forEach(cache::put);
    }
}
