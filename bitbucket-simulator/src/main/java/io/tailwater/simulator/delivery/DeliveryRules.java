package io.tailwater.simulator.delivery;

import java.time.Duration;

/**
 * How events are delivered.
 *
 * @param attempts tries in all when the receiver answers 5xx
 * @param timeout how long an answer may take
 * @param pause time between attempts; Bitbucket's is not documented
 * @param maxBytes bodies above this many bytes are silently dropped
 */
public record DeliveryRules(int attempts, Duration timeout, Duration pause, int maxBytes) {

    /** Bitbucket's documented rules: 3 attempts, 10 seconds, 256 KB; the pause is our choice. */
    public static DeliveryRules documented() {
        return new DeliveryRules(3, Duration.ofSeconds(10), Duration.ofSeconds(1), 256 * 1024);
    }
}
