package io.tailwater.pranalyzer.state;

/**
 * Where a pull request was last going.
 *
 * @param baseBranch name of the destination branch
 * @param updatedOn Bitbucket's time of that news, in milliseconds
 */
public record KnownTarget(String baseBranch, long updatedOn) {}
