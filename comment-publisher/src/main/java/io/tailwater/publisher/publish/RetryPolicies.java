package io.tailwater.publisher.publish;

import dev.failsafe.RetryPolicy;
import dev.failsafe.RetryPolicyBuilder;
import io.tailwater.bitbucket.model.BitbucketException.Ambiguous;
import io.tailwater.bitbucket.model.BitbucketException.NotFound;
import io.tailwater.bitbucket.model.BitbucketException.RateLimited;
import io.tailwater.bitbucket.model.BitbucketException.Unavailable;
import io.tailwater.bitbucket.model.BitbucketException.Unreadable;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.SerializationException;

/**
 * How often and after how long what is tried again, by class of failure. What is not named here is not tried again.
 *
 * @param rateLimited 429: as long as it lasts, after the time Bitbucket asks for, else after ever longer ones
 * @param unavailable no connection, timeout, 5xx: as long as it lasts
 * @param ambiguous a creation whose answer was lost: as long as it lasts; each try looks for the comment first
 * @param notFound 404, which outages and delays also cause: some minutes
 * @param unreadable an answer of another shape: some minutes
 * @param kafkaAway Kafka or the schema registry does not answer: as long as it lasts
 */
public record RetryPolicies(
        RetryPolicy<Object> rateLimited,
        RetryPolicy<Object> unavailable,
        RetryPolicy<Object> ambiguous,
        RetryPolicy<Object> notFound,
        RetryPolicy<Object> unreadable,
        RetryPolicy<Object> kafkaAway) {

    private static final int FOR_EVER = -1;
    private static final double JITTER = 0.2;

    /** Failsafe's word for "as without this function". */
    private static final Duration NOT_ASKED = Duration.ofNanos(-1);

    /** From one second to five minutes between tries; a 404 and an unreadable answer are given up after 6 more tries. */
    public static RetryPolicies standard() {
        return of(Duration.ofSeconds(1), Duration.ofMinutes(5), 6);
    }

    /**
     * Policies with delays of the caller's choice.
     *
     * @param first delay before the first new try
     * @param longest longest delay Bitbucket did not ask for
     * @param doubtful tries after the first for what may be final
     */
    public static RetryPolicies of(Duration first, Duration longest, int doubtful) {
        return new RetryPolicies(
                asked(RateLimited.class, first, longest).build(),
                asked(Unavailable.class, first, longest).build(),
                growing(Ambiguous.class, first, longest, FOR_EVER).build(),
                growing(NotFound.class, first, longest, doubtful).build(),
                growing(Unreadable.class, first, longest, doubtful).build(),
                growing(KafkaException.class, first, longest, FOR_EVER)
                        .abortOn(SerializationException.class)
                        .build());
    }

    /** All of them, outermost first. */
    public List<RetryPolicy<Object>> all() {
        return List.of(rateLimited, unavailable, ambiguous, notFound, unreadable, kafkaAway);
    }

    private static RetryPolicyBuilder<Object> growing(
            Class<? extends Throwable> failure, Duration first, Duration longest, int tries) {
        return RetryPolicy.builder()
                .handle(failure)
                .withBackoff(first, longest)
                .withJitter(JITTER)
                .withMaxRetries(tries);
    }

    /** As {@link #growing}, but the time Bitbucket asks for goes first, with so much more that jitter never cuts it. */
    private static RetryPolicyBuilder<Object> asked(
            Class<? extends Throwable> failure, Duration first, Duration longest) {
        return growing(failure, first, longest, FOR_EVER)
                .withDelayFn(context -> retryAfter(context.getLastException())
                        .map(asked -> asked.plusMillis((long) (asked.toMillis() * JITTER / (1 - JITTER)) + 1))
                        .orElse(NOT_ASKED));
    }

    private static Optional<Duration> retryAfter(Throwable failure) {
        return switch (failure) {
            case RateLimited limited -> limited.retryAfter();
            case Unavailable unavailable -> unavailable.retryAfter();
            default -> Optional.empty();
        };
    }
}
