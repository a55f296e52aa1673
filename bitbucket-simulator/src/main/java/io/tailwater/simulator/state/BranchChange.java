package io.tailwater.simulator.state;

import org.jspecify.annotations.Nullable;

/**
 * One branch that moved in a push.
 *
 * @param branch its name without {@code refs/heads/}
 * @param before 40 digits, or null when the branch is new
 * @param after 40 digits, or null when it was deleted
 */
public record BranchChange(
        String branch, @Nullable String before, @Nullable String after) {}
