package io.tailwater.lineage.extract;

import io.tailwater.lineage.project.CachedExtraction;
import io.tailwater.lineage.project.ExtractionCache;
import io.tailwater.lineage.project.ExtractionKey;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Notes what the extraction of one revision takes from a cache and gives to it. For one thread at a time. */
public final class RecordingCache implements ExtractionCache {
    private final ExtractionCache cache;
    private final Map<ExtractionKey, CachedExtraction> used = new LinkedHashMap<>();

    /** Over another cache. */
    public RecordingCache(ExtractionCache cache) {
        this.cache = cache;
    }

    @Override
    public Optional<CachedExtraction> get(ExtractionKey key) {
        Optional<CachedExtraction> known = cache.get(key);
        known.ifPresent(extraction -> used.put(key, extraction));
        return known;
    }

    @Override
    public void put(ExtractionKey key, CachedExtraction extraction) {
        used.put(key, extraction);
        cache.put(key, extraction);
    }

    /** What was taken and given so far. */
    public Map<ExtractionKey, CachedExtraction> used() {
        return Map.copyOf(used);
    }
}
