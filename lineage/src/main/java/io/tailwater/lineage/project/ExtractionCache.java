package io.tailwater.lineage.project;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Remembers what files say, by content. Forgetting is always allowed; answering with another key's result is not. One
 * cache may serve many repositories and threads at once.
 */
public interface ExtractionCache {
    /** The result kept under that key, or empty. */
    Optional<CachedExtraction> get(ExtractionKey key);

    /** Keeps a result; a second one under the same key is equal and may replace the first. */
    void put(ExtractionKey key, CachedExtraction extraction);

    /** A cache that keeps nothing. */
    static ExtractionCache none() {
        return new ExtractionCache() {
            @Override
            public Optional<CachedExtraction> get(ExtractionKey key) {
                return Optional.empty();
            }

            @Override
            public void put(ExtractionKey key, CachedExtraction extraction) {
                // keeps nothing
            }
        };
    }

    /** A cache in memory that keeps the most recently used results. */
    static ExtractionCache inMemory(int mostEntries) {
        Map<ExtractionKey, CachedExtraction> kept = new LinkedHashMap<>(64, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<ExtractionKey, CachedExtraction> eldest) {
                return size() > mostEntries;
            }
        };
        return new ExtractionCache() {
            @Override
            public synchronized Optional<CachedExtraction> get(ExtractionKey key) {
                return Optional.ofNullable(kept.get(key));
            }

            @Override
            public synchronized void put(ExtractionKey key, CachedExtraction extraction) {
                kept.put(key, extraction);
            }
        };
    }
}
