package io.tailwater.pranalyzer.cache;

/**
 * All that the lineage of a revision depends on, apart from the program.
 *
 * @param repository name of the repository, which is part of the result
 * @param revision id of the commit, which stands for the content of every file
 * @param configuration ids of the content of the configuration files that it was read under
 */
public record LineageKey(String repository, String revision, String configuration) {}
