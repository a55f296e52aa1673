package io.tailwater.ingest.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwater.service.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookSignatureTest {

    private static final Secret SECRET = Secret.of("It's a Secret to Everybody");
    private static final byte[] BODY = "Hello World!".getBytes(StandardCharsets.UTF_8);
    private static final String RIGHT = "a4771c39fbe90f317c7824e83ddef3caae9cb3d976c214ace1f2937e133263c9";

    @Test
    void findsTheKnownSignatureRight() {
        assertThat(WebhookSignature.check("sha256=" + RIGHT, BODY, SECRET)).isEqualTo(WebhookSignature.Result.RIGHT);
        assertThat(WebhookSignature.check("sha256=" + RIGHT.toUpperCase(Locale.ROOT), BODY, SECRET))
                .isEqualTo(WebhookSignature.Result.RIGHT);
    }

    @Test
    void coversTheBytesNotTheText() {
        byte[] notUtf8 = {(byte) 0xff, (byte) 0xfe, 0, (byte) 0x80};
        String signature = Samples.sign(notUtf8, "s");

        assertThat(WebhookSignature.check(signature, notUtf8, Secret.of("s"))).isEqualTo(WebhookSignature.Result.RIGHT);
        notUtf8[3] = (byte) 0x81;
        assertThat(WebhookSignature.check(signature, notUtf8, Secret.of("s"))).isEqualTo(WebhookSignature.Result.WRONG);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sha256=a4771c39fbe90f317c7824e83ddef3caae9cb3d976c214ace1f2937e133263c8",
                "sha256=a4771c39fbe90f317c7824e83ddef3caae9cb3d976c214ace1f2937e133263",
                "sha256=",
                "sha256=a4771c39fbe90f317c7824e83ddef3caae9cb3d976c214ace1f2937e133263c９",
                "sha256=zz771c39fbe90f317c7824e83ddef3caae9cb3d976c214ace1f2937e133263c9"
            })
    void findsAnythingElseWrong(String header) {
        assertThat(WebhookSignature.check(header, BODY, SECRET)).isEqualTo(WebhookSignature.Result.WRONG);
    }

    @ParameterizedTest
    @ValueSource(strings = {"sha1=0123456789012345678901234567890123456789", "md5=x", "SHA256=" + RIGHT, RIGHT})
    void refusesOtherMethods(String header) {
        assertThat(WebhookSignature.check(header, BODY, SECRET)).isEqualTo(WebhookSignature.Result.METHOD_UNKNOWN);
    }
}
