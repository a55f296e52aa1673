package io.tailwater.simulator.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class WebhookSignatureTest {

    @Test
    void agreesWithTheKnownVector() {
        assertThat(WebhookSignature.of("Hello World!".getBytes(StandardCharsets.UTF_8), "It's a Secret to Everybody"))
                .isEqualTo("sha256=a4771c39fbe90f317c7824e83ddef3caae9cb3d976c214ace1f2937e133263c9");
    }
}
