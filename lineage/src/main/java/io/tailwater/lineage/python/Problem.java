package io.tailwater.lineage.python;

/**
 * A part of a text that could not be read.
 *
 * @param line its first line, counted from 1
 * @param reason why, as one sentence without a full stop
 */
public record Problem(int line, String reason) {}
