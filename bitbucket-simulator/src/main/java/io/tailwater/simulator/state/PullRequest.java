package io.tailwater.simulator.state;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A pull request at one moment; every change makes a new value.
 *
 * @param repository the repository it belongs to (forks are not simulated)
 * @param number 1-based, per repository
 * @param title its title
 * @param description its text as markdown, may be empty
 * @param author who opened it
 * @param sourceBranch branch with the proposed change
 * @param destinationBranch branch it shall go into
 * @param sourceHash 40 digits, tip of the source branch
 * @param destinationHash 40 digits, tip of the destination branch
 * @param state where it stands
 * @param created when it was opened
 * @param updated when it last changed
 * @param mergeHash 40 digits of the merge commit, or null unless merged
 * @param closedBy who merged or declined it, or null while open
 */
public record PullRequest(
        RepositoryName repository,
        int number,
        String title,
        String description,
        Person author,
        String sourceBranch,
        String destinationBranch,
        String sourceHash,
        String destinationHash,
        State state,
        Instant created,
        Instant updated,
        @Nullable String mergeHash,
        @Nullable Person closedBy) {

    /** Bitbucket's states; SUPERSEDED is known to the contract and never entered by itself. */
    public enum State {
        /** Can be changed, merged and declined. */
        OPEN,
        /** Its change is in the destination branch. */
        MERGED,
        /** Closed without merging; cannot be opened again. */
        DECLINED,
        /** Replaced by another one. */
        SUPERSEDED
    }

    /** Whether it can still change. */
    public boolean open() {
        return state == State.OPEN;
    }

    PullRequest withHashes(String source, String destination, Instant when) {
        return new PullRequest(
                repository,
                number,
                title,
                description,
                author,
                sourceBranch,
                destinationBranch,
                source,
                destination,
                state,
                created,
                when,
                mergeHash,
                closedBy);
    }

    PullRequest withText(String newTitle, String newDescription, Instant when) {
        return new PullRequest(
                repository,
                number,
                newTitle,
                newDescription,
                author,
                sourceBranch,
                destinationBranch,
                sourceHash,
                destinationHash,
                state,
                created,
                when,
                mergeHash,
                closedBy);
    }

    PullRequest withDestination(String branch, String hash, Instant when) {
        return new PullRequest(
                repository,
                number,
                title,
                description,
                author,
                sourceBranch,
                branch,
                sourceHash,
                hash,
                state,
                created,
                when,
                mergeHash,
                closedBy);
    }

    PullRequest closed(State newState, @Nullable String merge, Person by, Instant when) {
        return new PullRequest(
                repository,
                number,
                title,
                description,
                author,
                sourceBranch,
                destinationBranch,
                sourceHash,
                destinationHash,
                newState,
                created,
                when,
                merge,
                by);
    }
}
