package io.tailwater.publisher.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.failsafe.Failsafe;
import dev.failsafe.RetryPolicyConfig;
import io.tailwater.bitbucket.model.BitbucketException;
import io.tailwater.bitbucket.model.BitbucketException.Ambiguous;
import io.tailwater.bitbucket.model.BitbucketException.Forbidden;
import io.tailwater.bitbucket.model.BitbucketException.NotFound;
import io.tailwater.bitbucket.model.BitbucketException.RateLimited;
import io.tailwater.bitbucket.model.BitbucketException.Rejected;
import io.tailwater.bitbucket.model.BitbucketException.Unauthorized;
import io.tailwater.bitbucket.model.BitbucketException.Unavailable;
import io.tailwater.bitbucket.model.BitbucketException.Unreadable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RetryPoliciesTest {

    private final RetryPolicies quick = RetryPolicies.of(Duration.ofMillis(1), Duration.ofMillis(2), 3);

    @Test
    void waitsFromOneSecondToFiveMinutesForAsLongAsItLasts() {
        RetryPolicies policies = RetryPolicies.standard();

        for (RetryPolicyConfig<Object> config : List.of(
                policies.rateLimited().getConfig(),
                policies.unavailable().getConfig(),
                policies.ambiguous().getConfig(),
                policies.kafkaAway().getConfig())) {
            assertThat(config.getDelay()).isEqualTo(Duration.ofSeconds(1));
            assertThat(config.getMaxDelay()).isEqualTo(Duration.ofMinutes(5));
            assertThat(config.getJitterFactor()).isEqualTo(0.2);
            assertThat(config.getMaxRetries()).isEqualTo(-1);
            assertThat(config.getMaxDuration()).isNull();
        }
        assertThat(policies.notFound().getConfig().getMaxRetries()).isEqualTo(6);
        assertThat(policies.unreadable().getConfig().getMaxRetries()).isEqualTo(6);
    }

    static List<RuntimeException> passing() {
        return List.of(
                new RateLimited("m", Optional.empty()),
                new Unavailable("m", Optional.empty(), null),
                new Ambiguous("m", null),
                new KafkaException("m"));
    }

    @ParameterizedTest
    @MethodSource("passing")
    void triesAgainWhatPasses(RuntimeException failure) {
        assertThat(attemptsUntilSuccess(failure, 20)).isEqualTo(21);
    }

    static List<RuntimeException> doubtful() {
        return List.of(new NotFound("m"), new Unreadable("m", null));
    }

    @ParameterizedTest
    @MethodSource("doubtful")
    void triesAFewTimesWhatMayBeFinal(RuntimeException failure) {
        AtomicInteger attempts = new AtomicInteger();

        assertThatThrownBy(() -> run(attempts, failure)).isSameAs(failure);
        assertThat(attempts).hasValue(4);
    }

    static List<RuntimeException> terminal() {
        return List.of(
                new Unauthorized("m"),
                new Forbidden("m", List.of(), List.of()),
                new Rejected("m", 400, "r", Map.of()),
                new BitbucketException.ForeignLink("m"),
                new SerializationException("m"),
                new IllegalStateException("m"));
    }

    @ParameterizedTest
    @MethodSource("terminal")
    void triesOnceWhatIsFinal(RuntimeException failure) {
        AtomicInteger attempts = new AtomicInteger();

        assertThatThrownBy(() -> run(attempts, failure)).isSameAs(failure);
        assertThat(attempts).hasValue(1);
    }

    @Test
    void neverTriesBeforeTheTimeBitbucketAsksFor() throws Exception {
        RecordingScheduler scheduler = new RecordingScheduler();
        AtomicInteger attempts = new AtomicInteger();
        Failsafe.with(RetryPolicies.standard().all())
                .with(scheduler)
                .getAsync(() -> {
                    if (attempts.incrementAndGet() < 40) {
                        throw new RateLimited("m", Optional.of(Duration.ofSeconds(17)));
                    }
                    return "done";
                })
                .get(20, TimeUnit.SECONDS);
        scheduler.shutdownNow();

        assertThat(scheduler.delays)
                .hasSize(39)
                .allMatch(delay -> delay.compareTo(Duration.ofSeconds(17)) >= 0)
                .allMatch(delay -> delay.compareTo(Duration.ofSeconds(27)) <= 0);
    }

    private int attemptsUntilSuccess(RuntimeException failure, int failures) {
        AtomicInteger attempts = new AtomicInteger();
        Failsafe.with(quick.all()).run(() -> {
            if (attempts.incrementAndGet() <= failures) {
                throw failure;
            }
        });
        return attempts.get();
    }

    private void run(AtomicInteger attempts, RuntimeException failure) {
        Failsafe.with(quick.all()).run(() -> {
            attempts.incrementAndGet();
            throw failure;
        });
    }

    /** Notes the delays it is asked for and does not wait for them. */
    private static final class RecordingScheduler extends ScheduledThreadPoolExecutor {
        private final List<Duration> delays = new ArrayList<>();

        RecordingScheduler() {
            super(1, Executors.defaultThreadFactory());
        }

        @Override
        public <V> ScheduledFuture<V> schedule(Callable<V> task, long delay, TimeUnit unit) {
            if (delay > 0) {
                delays.add(Duration.of(delay, unit.toChronoUnit()));
            }
            return super.schedule(task, 0, unit);
        }
    }
}
