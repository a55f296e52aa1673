package io.tailwater.console.signin;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Slows down guessing: after some failures from an address, or many from anywhere, sign-in waits until the oldest of them is
 * past.
 */
public final class Throttle {

    private static final int MOST_ADDRESSES = 10_000;
    private static final String EVERYWHERE = "";

    private final int perAddress;
    private final int everywhere;
    private final Duration window;
    private final InstantSource clock;
    private final Map<String, Deque<Instant>> failures = new LinkedHashMap<>();

    /**
     * Nothing has failed yet.
     *
     * @param perAddress failures of one address within the window
     * @param everywhere failures of all addresses within the window
     * @param window how long a failure counts
     * @param clock tells the time
     */
    public Throttle(int perAddress, int everywhere, Duration window, InstantSource clock) {
        this.perAddress = perAddress;
        this.everywhere = everywhere;
        this.window = window;
        this.clock = clock;
    }

    /** Counts a try as failed until {@link #succeeded} takes it back; gives the wait where there were too many already. */
    public synchronized Optional<Duration> attempt(String address) {
        Instant now = clock.instant();
        forgetOld(now);
        Optional<Duration> wait = waiting(address, perAddress, now).or(() -> waiting(EVERYWHERE, everywhere, now));
        if (wait.isEmpty()) {
            note(address, now);
            note(EVERYWHERE, now);
        }
        return wait;
    }

    /** The address proved right: its failures no longer count. */
    public synchronized void succeeded(String address) {
        failures.remove(address);
        Deque<Instant> all = failures.get(EVERYWHERE);
        if (all != null) {
            all.pollLast();
        }
    }

    private Optional<Duration> waiting(String address, int most, Instant now) {
        Deque<Instant> past = failures.get(address);
        return past == null || past.size() < most
                ? Optional.empty()
                : Optional.of(Duration.between(now, past.getFirst().plus(window)));
    }

    private void note(String address, Instant now) {
        failures.computeIfAbsent(address, key -> new ArrayDeque<>()).addLast(now);
        if (failures.size() > MOST_ADDRESSES) {
            failures.keySet().stream()
                    .filter(known -> !known.equals(EVERYWHERE))
                    .findFirst()
                    .ifPresent(failures::remove);
        }
    }

    private void forgetOld(Instant now) {
        failures.values().removeIf(past -> {
            while (!past.isEmpty() && !past.getFirst().plus(window).isAfter(now)) {
                past.removeFirst();
            }
            return past.isEmpty();
        });
    }
}
