package io.tailwater.publisher.publish;

import io.tailwater.bitbucket.model.PullRequest;
import java.util.List;
import java.util.Optional;

/**
 * What we may ask of one pull request under one connection. Called by one thread at a time for a pull request, from many
 * for different ones; every call may block for the client's timeout and is made once. Failures are
 * {@link io.tailwater.bitbucket.model.BitbucketException}s; when to try again is decided by the caller.
 */
public interface ReportComments {

    /** The pull request as it stands now. */
    PullRequest pullRequest();

    /** Comments everybody sees that carry the marker, oldest first; ours, and whatever imitates them. */
    List<PostedComment> marked(CommentMarker marker);

    /**
     * Writes a comment.
     *
     * @throws io.tailwater.bitbucket.model.BitbucketException.Ambiguous when it may have been written: a second call
     *     may make a second comment, so look with {@link #marked} first
     */
    PostedComment post(String markdown);

    /**
     * Replaces the text of a comment; the same text twice is harmless.
     *
     * @throws io.tailwater.bitbucket.model.BitbucketException.Forbidden when it is another author's
     * @throws io.tailwater.bitbucket.model.BitbucketException.NotFound when it is gone
     */
    void replace(long commentId, String markdown);

    /** Removes a comment; one that is gone already is no failure. */
    void remove(long commentId);

    /** Uuid of the author we write as, known once we have written; empty before. */
    Optional<String> ownAuthor();
}
