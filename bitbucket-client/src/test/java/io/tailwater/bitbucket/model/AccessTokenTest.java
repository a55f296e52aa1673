package io.tailwater.bitbucket.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccessTokenTest {

    @Test
    void neverPrints() {
        AccessToken token = AccessToken.of("s3cret");

        assertThat(token).hasToString("***");
        assertThat(token.scrub("with s3cret inside")).isEqualTo("with *** inside");
        assertThat(token).isEqualTo(AccessToken.of("s3cret")).isNotEqualTo(AccessToken.of("other"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a\r\nX-Header: 1", "ümlaut"})
    void refusesWhatCannotStandInAHeaderWithoutRepeatingIt(String value) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AccessToken.of(value))
                .withMessageNotContaining(value.isEmpty() ? "\u0000" : value);
    }
}
