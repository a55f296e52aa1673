package io.tailwater.pranalyzer.work;

/**
 * A finished piece of work.
 *
 * @param id id of its ticket
 * @param version version of its ticket
 * @param result what came of it
 * @param <R> result
 */
public record Done<R>(String id, String version, R result) {}
