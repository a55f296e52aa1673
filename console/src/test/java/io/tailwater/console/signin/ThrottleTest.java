package io.tailwater.console.signin;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ThrottleTest {

    private Instant now = Instant.parse("2026-11-23T10:00:00Z");
    private final Throttle throttle = new Throttle(3, 6, Duration.ofMinutes(5), () -> now);

    @Test
    void anAddressWaitsAfterItsFailuresAndOthersDoNot() {
        fail("192.0.2.1", 3);
        assertThat(throttle.attempt("192.0.2.1")).contains(Duration.ofMinutes(5));
        assertThat(throttle.attempt("192.0.2.2")).isEmpty();
        now = now.plus(Duration.ofMinutes(5));
        assertThat(throttle.attempt("192.0.2.1")).isEmpty();
    }

    @Test
    void failuresFromManyAddressesSlowDownEveryone() {
        for (int address = 1; address <= 6; address++) {
            fail("192.0.2." + address, 1);
        }
        assertThat(throttle.attempt("192.0.2.99")).isPresent();
    }

    @Test
    void provingRightClearsTheAddress() {
        fail("192.0.2.1", 2);
        assertThat(throttle.attempt("192.0.2.1")).isEmpty();
        throttle.succeeded("192.0.2.1");
        fail("192.0.2.1", 3);
    }

    private void fail(String address, int times) {
        for (int time = 0; time < times; time++) {
            assertThat(throttle.attempt(address)).isEmpty();
        }
    }
}
