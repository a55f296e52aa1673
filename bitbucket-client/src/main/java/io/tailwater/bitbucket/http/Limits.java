package io.tailwater.bitbucket.http;

import java.time.Duration;

/**
 * What one exchange, and one walk through pages, may cost.
 *
 * @param connectTimeout time to reach the host
 * @param exchangeTimeout time for a whole exchange, body included
 * @param maxBodyBytes largest answer read
 * @param maxPages most pages followed
 */
public record Limits(Duration connectTimeout, Duration exchangeTimeout, int maxBodyBytes, int maxPages) {

    /** 5 s to connect, 30 s in all, 8 MiB an answer, 200 pages. */
    public static final Limits DEFAULT =
            new Limits(Duration.ofSeconds(5), Duration.ofSeconds(30), 8 * 1024 * 1024, 200);

    /** @throws IllegalArgumentException when a limit is not above 0 */
    public Limits {
        if (connectTimeout.isNegative()
                || connectTimeout.isZero()
                || exchangeTimeout.isNegative()
                || exchangeTimeout.isZero()
                || maxBodyBytes < 1
                || maxPages < 1) {
            throw new IllegalArgumentException("limits must be above 0");
        }
    }
}
