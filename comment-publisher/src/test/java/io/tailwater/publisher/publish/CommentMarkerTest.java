package io.tailwater.publisher.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwater.schemas.topic.ConnectionId;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommentMarkerTest {

    private final CommentMarker marker = new CommentMarker(new ConnectionId("acme"));

    @Test
    void standsAloneOnTheFirstLine() {
        assertThat(marker.above("**1 break**", Optional.of("https://tailwater.example/r/7f3a")))
                .isEqualTo("[tailwater]: https://tailwater.example/r/7f3a#acme\n\n**1 break**");
        assertThat(marker.above("x", Optional.empty())).isEqualTo("[tailwater]: #acme\n\nx");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[tailwater]: #acme",
                "[tailwater]: #acme\r\n\r\nx",
                "[tailwater]: https://old.example/r/1#acme\n\nx",
                "[tailwater]: #acme  \nx"
            })
    void isFoundAgain(String text) {
        assertThat(marker.marks(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x\n[tailwater]: #acme",
                "> [tailwater]: #acme",
                " [tailwater]: #acme",
                "[tailwater]: #acme2",
                "[tailwater]: #other#acme",
                "[tailwater]: said something about #acme",
                "[tailwater]: #"
            })
    void isNotFoundWhereItIsNot(String text) {
        assertThat(marker.marks(text)).isFalse();
    }
}
