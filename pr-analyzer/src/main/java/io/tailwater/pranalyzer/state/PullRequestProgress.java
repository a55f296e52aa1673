package io.tailwater.pranalyzer.state;

import org.jspecify.annotations.Nullable;

/**
 * How far the analysis of one pull request is.
 *
 * @param updatedOn Bitbucket's time of the newest event applied, in milliseconds; older events change nothing
 * @param contentKey content key of that event
 * @param head head of the newest analysis asked for, 12 to 40 digits; null when there was none
 * @param base tip of the destination branch of that analysis
 * @param baseBranch the destination branch
 * @param idempotencyKey of the newest change set written; null when there was none
 * @param attempts how often the waiting analysis was tried and has to be tried again
 * @param firstTriedAt when it was tried first, in milliseconds; 0 when not yet
 * @param notBefore when it may be tried again, in milliseconds
 */
public record PullRequestProgress(
        long updatedOn,
        String contentKey,
        @Nullable String head,
        @Nullable String base,
        @Nullable String baseBranch,
        @Nullable String idempotencyKey,
        int attempts,
        long firstTriedAt,
        long notBefore) {

    /** Nothing known but the event. */
    public static PullRequestProgress begin(long updatedOn, String contentKey) {
        return new PullRequestProgress(updatedOn, contentKey, null, null, null, null, 0, 0, 0);
    }

    /** The same after another event that asks for no other analysis. */
    public PullRequestProgress heard(long newUpdatedOn, String newContentKey) {
        return new PullRequestProgress(
                newUpdatedOn, newContentKey, head, base, baseBranch, idempotencyKey, attempts, firstTriedAt, notBefore);
    }

    /** Asked for an analysis of these commits. */
    public PullRequestProgress asked(String newHead, String newBase, String newBaseBranch) {
        return new PullRequestProgress(updatedOn, contentKey, newHead, newBase, newBaseBranch, idempotencyKey, 0, 0, 0);
    }

    /** Tried once more without an end. */
    public PullRequestProgress tried(long now, long nextTry) {
        return new PullRequestProgress(
                updatedOn,
                contentKey,
                head,
                base,
                baseBranch,
                idempotencyKey,
                attempts + 1,
                firstTriedAt == 0 ? now : firstTriedAt,
                nextTry);
    }

    /** Came to an end. */
    public PullRequestProgress finished(String newIdempotencyKey) {
        return new PullRequestProgress(updatedOn, contentKey, head, base, baseBranch, newIdempotencyKey, 0, 0, 0);
    }
}
