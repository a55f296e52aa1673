package io.tailwater.bitbucket.model;

/**
 * A pull request of a list, with Bitbucket's own words for it.
 *
 * @param pullRequest what we read of it
 * @param json the object as Bitbucket wrote it, as text from outside; the same shape as in webhook deliveries
 */
public record ListedPullRequest(PullRequest pullRequest, String json) {}
