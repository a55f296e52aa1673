package io.tailwater.simulator.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwater.simulator.Fixture;
import io.tailwater.simulator.SimulatorOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RequestBudgetIT {

    @TempDir
    private Path folder;

    @Test
    void warnsWhenFewRequestsAreLeftAndThenRefuses() throws Exception {
        try (Fixture fixture = new Fixture(folder, SimulatorOptions.defaults().withRequestsPerHour(10))) {
            List<Fixture.Reply> replies = IntStream.range(0, 11)
                    .mapToObj(number -> fixture.get(fixture.api()))
                    .toList();
            assertThat(replies.subList(0, 10)).allMatch(reply -> reply.status() == 200);
            assertThat(replies.get(7).response().headers().firstValue("X-RateLimit-NearLimit"))
                    .contains("false");
            assertThat(replies.get(8).response().headers().firstValue("X-RateLimit-NearLimit"))
                    .contains("true");
            Fixture.Reply refused = replies.getLast();
            assertThat(refused.status()).isEqualTo(429);
            assertThat(refused.response()
                            .headers()
                            .firstValueAsLong("Retry-After")
                            .orElseThrow())
                    .isBetween(1L, 3601L);
            assertThat(fixture.get("/2.0/user").status()).isEqualTo(200);
        }
    }
}
