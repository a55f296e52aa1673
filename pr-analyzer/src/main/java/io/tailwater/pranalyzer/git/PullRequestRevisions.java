package io.tailwater.pranalyzer.git;

import io.tailwater.lineage.project.RepositoryFiles;

/**
 * Both sides of a comparison, ready to be read. Valid only while the mirror is held.
 *
 * @param head what the author proposes
 * @param base the destination's tip
 * @param mergeBase the before side
 * @param mergeBases how many best common ancestors there were; more than one where history is criss-cross
 */
public record PullRequestRevisions(
        RepositoryFiles head, RepositoryFiles base, RepositoryFiles mergeBase, int mergeBases) {}
