package io.tailwater.console.model;

import java.time.Instant;

/**
 * Something a person did or tried to do.
 *
 * @param at when
 * @param actor who, empty before sign-in
 * @param address where the request came from
 * @param action what, such as {@code connection.paused}
 * @param connectionId connection concerned, may be empty
 * @param subject what it was done to, may be empty
 * @param succeeded whether it was done
 * @param detail why not, or what else is to be known
 */
public record ActivityRow(
        Instant at,
        String actor,
        String address,
        String action,
        String connectionId,
        String subject,
        boolean succeeded,
        String detail) {}
