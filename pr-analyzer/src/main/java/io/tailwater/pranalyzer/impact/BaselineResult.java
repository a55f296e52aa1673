package io.tailwater.pranalyzer.impact;

import io.tailwater.schemas.lineage.LineageAsset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What came of reading a repository's default branch. */
public sealed interface BaselineResult {

    /**
     * It was read.
     *
     * @param branch name of the default branch
     * @param commit tip that was read, 40 digits; null when the repository is empty
     * @param assets every dataset of it
     */
    record Extracted(String branch, @Nullable String commit, List<LineageAsset> assets) implements BaselineResult {

        /** Copies the list. */
        public Extracted {
            assets = List.copyOf(assets);
        }
    }

    /**
     * What stands is still right.
     *
     * @param branch name of the default branch
     */
    record Unchanged(String branch) implements BaselineResult {}

    /**
     * It could not be read.
     *
     * @param obstacle why
     */
    record Hindered(Obstacle obstacle) implements BaselineResult {}
}
