package io.tailwater.connector;

import io.tailwater.bitbucket.http.AnswerFacts;
import io.tailwater.bitbucket.http.CallGate;
import io.tailwater.bitbucket.model.BitbucketException.RateLimited;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * Keeps the calls for one connection below a share of Bitbucket's hourly allowances, counted over a rolling hour as Bitbucket
 * does; the rest is left to comments on live pull requests. Work that can wait gets half of the share. Safe for many threads.
 *
 * <p>The allowances are 1,000 an hour for repositories, more where Bitbucket says so, and 1,000 for webhooks (Bitbucket
 * documentation, "API request limits").
 */
final class CallBudget {

    private static final Duration WINDOW = Duration.ofHours(1);
    private static final Duration REST_WHEN_NEAR = Duration.ofMinutes(10);
    private static final Duration REST_WHEN_REFUSED = Duration.ofMinutes(1);
    private static final int DOCUMENTED = 1_000;
    private static final int MOST = 10_000;

    /** Who calls. */
    enum Use {
        /** Keeping up with what happens. */
        KEEPING_UP,
        /** Work that can wait: history. */
        BACKGROUND
    }

    private final int percent;
    private final InstantSource clock;
    private final Map<CallGate.Allowance, Deque<Instant>> made = new EnumMap<>(CallGate.Allowance.class);
    private final Map<CallGate.Allowance, Integer> limits = new EnumMap<>(CallGate.Allowance.class);
    private Instant backgroundFrom = Instant.MIN;
    private Instant anyFrom = Instant.MIN;

    /**
     * A budget.
     *
     * @param percent share of each allowance, 1 to 100
     */
    CallBudget(int percent, InstantSource clock) {
        this.percent = percent;
        this.clock = clock;
        for (CallGate.Allowance allowance : CallGate.Allowance.values()) {
            made.put(allowance, new ArrayDeque<>());
            limits.put(allowance, DOCUMENTED);
        }
    }

    /** A gate that counts calls of this use. */
    CallGate gate(Use use) {
        return new CallGate() {
            @Override
            public void before(Allowance allowance) {
                take(allowance, use);
            }

            @Override
            public void after(Allowance allowance, AnswerFacts facts) {
                heard(allowance, facts);
            }
        };
    }

    /** Calls of this kind in the last hour. */
    synchronized int made(CallGate.Allowance allowance) {
        return recent(allowance).size();
    }

    private synchronized void take(CallGate.Allowance allowance, Use use) {
        Instant now = clock.instant();
        Instant rest = use == Use.BACKGROUND && backgroundFrom.isAfter(anyFrom) ? backgroundFrom : anyFrom;
        if (rest.isAfter(now)) {
            throw exhausted(Duration.between(now, rest));
        }
        Deque<Instant> calls = recent(allowance);
        int share = Math.max(1, limits.getOrDefault(allowance, DOCUMENTED) * percent / 100);
        int most = use == Use.BACKGROUND ? Math.max(1, share / 2) : share;
        if (calls.size() >= most) {
            Instant first = calls.stream().skip(calls.size() - most).findFirst().orElse(now);
            throw exhausted(Duration.between(now, first.plus(WINDOW)).plusMillis(1));
        }
        calls.addLast(now);
    }

    private synchronized void heard(CallGate.Allowance allowance, AnswerFacts facts) {
        facts.hourlyLimit().ifPresent(limit -> limits.put(allowance, Math.clamp(limit, 1, MOST)));
        Instant now = clock.instant();
        if (facts.nearLimit()) {
            backgroundFrom = now.plus(REST_WHEN_NEAR);
        }
        if (facts.status() == 429) {
            anyFrom = now.plus(REST_WHEN_REFUSED);
        }
    }

    private Deque<Instant> recent(CallGate.Allowance allowance) {
        Deque<Instant> calls = made.computeIfAbsent(allowance, unused -> new ArrayDeque<>());
        Instant begin = clock.instant().minus(WINDOW);
        while (!calls.isEmpty() && !calls.getFirst().isAfter(begin)) {
            calls.removeFirst();
        }
        return calls;
    }

    private static RateLimited exhausted(Duration wait) {
        return new RateLimited("our share of the hourly allowance is used up", Optional.of(wait));
    }
}
