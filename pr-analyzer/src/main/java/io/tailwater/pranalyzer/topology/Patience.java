package io.tailwater.pranalyzer.topology;

import java.time.Duration;
import java.util.Optional;

/**
 * When to try again: twice as long after every try, up to a longest pause, until the time is used up. A plain value, so
 * that it can be tested without waiting.
 *
 * @param first pause after the first try
 * @param longest longest pause
 * @param total time after the first try from which on it is given up
 */
record Patience(Duration first, Duration longest, Duration total) {

    /**
     * When to try next.
     *
     * @param now time in milliseconds
     * @param firstTriedAt time of the first try in milliseconds, 0 when this was it
     * @param triesBefore tries before this one
     * @return empty when it is given up
     */
    Optional<Long> next(long now, long firstTriedAt, int triesBefore) {
        if (firstTriedAt != 0 && now - firstTriedAt >= total.toMillis()) {
            return Optional.empty();
        }
        long pause = Math.min(longest.toMillis(), first.toMillis() << Math.min(triesBefore, 20));
        return Optional.of(now + pause);
    }
}
