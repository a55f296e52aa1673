package io.tailwater.pranalyzer.git;

/**
 * A repository's default branch at one moment.
 *
 * @param branch its name
 * @param commit its tip, 40 hexadecimal digits
 */
public record DefaultBranch(String branch, String commit) {}
