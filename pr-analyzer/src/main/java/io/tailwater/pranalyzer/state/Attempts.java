package io.tailwater.pranalyzer.state;

/**
 * How often something was tried in vain.
 *
 * @param count tries so far
 * @param firstAt when it was tried first, in milliseconds
 * @param notBefore when it may be tried again, in milliseconds
 */
public record Attempts(int count, long firstAt, long notBefore) {}
