package io.tailwater.pranalyzer.state;

import org.jspecify.annotations.Nullable;

/**
 * How the baseline of one repository stands.
 *
 * @param repository full name under which it was read
 * @param branch default branch
 * @param commit tip that was read, 40 digits; null when the branch has no commit
 * @param rules version of the rules it was read with
 * @param checkedAt when the server was last asked, in milliseconds
 */
public record BaselineState(
        String repository, String branch, @Nullable String commit, String rules, long checkedAt) {}
