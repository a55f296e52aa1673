package io.tailwater.bitbucket.model;

import java.time.Instant;
import java.util.List;

/**
 * A commit.
 *
 * @param hash all 40 digits
 * @param date when it was written
 * @param parents its parents in order
 */
public record Commit(CommitHash hash, Instant date, List<CommitHash> parents) {

    public Commit {
        parents = List.copyOf(parents);
    }
}
