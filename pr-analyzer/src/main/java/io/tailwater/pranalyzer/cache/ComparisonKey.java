package io.tailwater.pranalyzer.cache;

/**
 * All that a comparison depends on, apart from the program and the day. Commits stand for the content of their files,
 * the configuration of destination and head among them.
 *
 * @param repository name of the repository, which is part of the result
 * @param destination commit at the tip of the branch the change goes to
 * @param mergeBase commit of the before side
 * @param head commit of the after side
 * @param mergeBases how many merge bases there were
 */
public record ComparisonKey(String repository, String destination, String mergeBase, String head, int mergeBases) {}
