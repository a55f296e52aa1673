package io.tailwater.pranalyzer.cache;

/**
 * A file whose content was not at hand when a result was worked out: the result holds as long as it still is not.
 *
 * @param revision id of the commit
 * @param path path of the file in it
 */
public record Absence(String revision, String path) {}
