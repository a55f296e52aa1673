package io.tailwater.bitbucket.api;

import io.tailwater.bitbucket.http.Call;
import io.tailwater.bitbucket.http.PathSegments;
import io.tailwater.bitbucket.model.BitbucketException;
import io.tailwater.bitbucket.model.Commit;
import io.tailwater.bitbucket.model.CommitHash;
import io.tailwater.bitbucket.model.PullRequest;
import io.tailwater.bitbucket.model.Repository;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
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
        return scope.readAll(
                Call.get(scope.path("pullrequests") + "?pagelen=" + PULL_REQUESTS_PER_PAGE + stateQuery(states)),
                Wire::pullRequest);
    }

    /**
     * Pull requests in any of the states that changed at a time or later, the one changed longest ago first.
     *
     * @param states at least one, none of them {@link PullRequest.State#OTHER}
     * @param changedSince empty for all
     */
    public PullRequestPages changedPullRequests(Set<PullRequest.State> states, Optional<Instant> changedSince) {
        String query = stateQuery(states)
                + changedSince
                        .map(since -> "&q=" + PathSegments.encode("updated_on >= " + Times.filter(since)))
                        .orElse("");
        return new PullRequestPages(
                scope,
                Call.get(scope.path("pullrequests") + "?pagelen=" + PULL_REQUESTS_PER_PAGE + "&sort=updated_on"
                        + query));
    }

    /** The commit that a branch points at; empty when there is no such branch. */
    public Optional<CommitHash> branchTip(String branch) {
        try {
            return Optional.of(scope.read(Call.get(scope.path("refs", "branches", branch)), Wire::branchTip));
        } catch (BitbucketException.NotFound e) {
            return Optional.empty();
        }
    }

    /** Looks at one page of pull requests, to see whether that is allowed. */
    public void probePullRequests() {
        scope.page(Call.get(scope.path("pullrequests") + "?pagelen=1"));
    }

    /** Looks at one page of pipelines, to see whether that is allowed. */
    public void probePipelines() {
        scope.page(Call.get(scope.path("pipelines") + "?pagelen=1"));
    }

    private static String stateQuery(Set<PullRequest.State> states) {
        if (states.isEmpty() || states.contains(PullRequest.State.OTHER)) {
            throw new IllegalArgumentException("states to list: " + states);
        }
        return states.stream().sorted().map(state -> "&state=" + state.name()).collect(Collectors.joining());
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
