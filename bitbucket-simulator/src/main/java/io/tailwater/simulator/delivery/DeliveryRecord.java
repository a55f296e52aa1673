package io.tailwater.simulator.delivery;

import java.time.Instant;

/**
 * One attempt to deliver an event to a hook.
 *
 * @param at when it ended
 * @param hook uuid of the hook
 * @param requestId the {@code X-Request-UUID}, the same for all attempts of one event
 * @param eventKey e.g. {@code pullrequest:created}
 * @param repository full name
 * @param attempt 1 for the first
 * @param bytes size of the body
 * @param outcome how it ended
 * @param status HTTP status, 0 without an answer
 */
public record DeliveryRecord(
        Instant at,
        String hook,
        String requestId,
        String eventKey,
        String repository,
        int attempt,
        int bytes,
        Outcome outcome,
        int status) {

    /** How an attempt ended. */
    public enum Outcome {
        /** Answered below 400. */
        DELIVERED,
        /** Answered 4xx: final. */
        REFUSED,
        /** Answered 5xx: tried again unless it was the last attempt. */
        FAILED,
        /** No answer in time: not tried again. */
        TIMEOUT,
        /** No connection: not tried again. */
        NETWORK_ERROR,
        /** Body over the limit: never sent, and the receiver is not told. */
        TOO_LARGE
    }
}
