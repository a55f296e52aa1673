package io.tailwater.bitbucket.api;

import io.tailwater.bitbucket.http.Call;
import io.tailwater.bitbucket.model.Commit;
import io.tailwater.bitbucket.model.CommitHash;
import io.tailwater.bitbucket.model.PullRequest;
import io.tailwater.bitbucket.model.Repository;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One repository under one token. Every call may block for the exchange timeout, is made once, and ends in a
 * {@link io.tailwater.bitbucket.model.BitbucketException} when it does not end well; when to try again is the caller's
 * business.
 */
public final class RepositoryClient {

    /** Bitbucket refuses larger pages of pull requests. */
    private static final int PULL_REQUESTS_PER_PAGE = 50;

    private final Scope scope;

    RepositoryClient(Scope scope) {
        this.scope = scope;
    }

    /** The repository itself; the check that works for every kind of token. */
    public Repository get() {
        return scope.read(Call.get(scope.path()), Wire::repository);
    }

    /** A commit, found by 12 or more digits; the answer has all 40. */
    public Commit commit(CommitHash hash) {
        return scope.read(Call.get(scope.path("commit", hash.hex())), Wire::commit);
    }

    /** A pull request as it stands. */
    public PullRequest pullRequest(long number) {
        return scope.read(Call.get(scope.path("pullrequests", Long.toString(number))), Wire::pullRequest);
    }

    /**
     * All pull requests in any of the states, in Bitbucket's order.
     *
     * @throws IllegalArgumentException when no state is given, or {@link PullRequest.State#OTHER}
     */
    public List<PullRequest> pullRequests(Set<PullRequest.State> states) {
        if (states.isEmpty() || states.contains(PullRequest.State.OTHER)) {
            throw new IllegalArgumentException("states to list: " + states);
        }
        String query =
                states.stream().sorted().map(state -> "&state=" + state.name()).collect(Collectors.joining());
        return scope.readAll(
                Call.get(scope.path("pullrequests") + "?pagelen=" + PULL_REQUESTS_PER_PAGE + query), Wire::pullRequest);
    }

    /** The comments of one pull request. */
    public CommentsClient comments(long pullRequestNumber) {
        return new CommentsClient(scope, pullRequestNumber);
    }

    /** The webhooks of the repository. */
    public WebhooksClient webhooks() {
        return new WebhooksClient(scope);
    }
}
