package io.tailwater.pranalyzer;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Tells whether a span of time is over. */
final class TimeLimit {
    private TimeLimit() {}

    /** True from the given time after this call on. */
    static BooleanSupplier startingNow(Duration limit) {
        long start = System.nanoTime();
        long most = limit.toNanos();
        return () -> System.nanoTime() - start > most;
    }
}
