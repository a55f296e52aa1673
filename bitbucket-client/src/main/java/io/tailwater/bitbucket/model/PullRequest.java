package io.tailwater.bitbucket.model;

import java.time.Instant;
import java.util.Optional;

/**
 * A pull request as it stands.
 *
 * @param number number within its destination repository
 * @param title as text from outside
 * @param state whether it is open
 * @param draft whether its author calls it unfinished
 * @param head what the author proposes
 * @param base where it is to go
 * @param updatedOn when it changed last
 */
public record PullRequest(
        long number, String title, State state, boolean draft, Side head, Side base, Instant updatedOn) {

    /** Where a pull request is in its life. */
    public enum State {
        /** Can still be merged. */
        OPEN,
        /** Was merged. */
        MERGED,
        /** Was declined. */
        DECLINED,
        /** Was replaced by another. */
        SUPERSEDED,
        /** A state that was not known when this was written. */
        OTHER
    }

    /**
     * One side of a pull request.
     *
     * @param branch name of the branch, empty when it is gone
     * @param commit its tip, 12 digits as a rule; empty when the branch or the fork is gone
     * @param repositoryUuid uuid of its repository, braces included; empty when the fork is gone
     */
    public record Side(Optional<String> branch, Optional<CommitHash> commit, Optional<String> repositoryUuid) {}
}
