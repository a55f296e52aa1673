package io.tailwater.simulator.rest;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;

/** Counts each token's requests in a rolling hour. */
final class RequestBudget {

    private static final Duration WINDOW = Duration.ofHours(1);

    private final int perHour;
    private final Clock clock;
    private final Map<String, ArrayDeque<Instant>> used = new HashMap<>();

    RequestBudget(int perHour, Clock clock) {
        this.perHour = perHour;
        this.clock = clock;
    }

    /**
     * Whether a request fits, and what is left.
     *
     * @param allowed whether it may go on
     * @param limit requests an hour
     * @param near whether less than a fifth is left
     * @param retryAfter time until the next one fits, zero when allowed
     */
    record Answer(boolean allowed, int limit, boolean near, Duration retryAfter) {}

    synchronized Answer take(String token) {
        Instant now = clock.instant();
        ArrayDeque<Instant> times = used.computeIfAbsent(token, unused -> new ArrayDeque<>());
        while (!times.isEmpty() && !times.getFirst().isAfter(now.minus(WINDOW))) {
            times.removeFirst();
        }
        if (times.size() >= perHour) {
            Duration wait = times.isEmpty()
                    ? WINDOW
                    : Duration.between(now, times.getFirst().plus(WINDOW));
            return new Answer(false, perHour, true, wait.plusSeconds(1));
        }
        times.addLast(now);
        return new Answer(true, perHour, (perHour - times.size()) * 5 < perHour, Duration.ZERO);
    }
}
