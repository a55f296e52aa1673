package io.tailwater.console.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailwater.service.Secret;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpenIdSettingsTest {

    @ParameterizedTest
    @CsvSource({
        "@example.com, ada@example.com, true",
        "@example.com, ada@EXAMPLE.com, true",
        "@example.com, ada@notexample.com, false",
        "@example.com, ada@sub.example.com, false",
        "@example.com, ada@example.com.evil.test, false",
        "ada@example.com, ada@example.com, true",
        "ada@example.com, bob@example.com, false",
        "'bob@example.com, @example.org', ada@example.org, true",
        "*, ada@anywhere.test, true",
        "@example.com, '', false",
        "'@example.com,', '', false",
        "*, '', true",
    })
    void onlyThoseNamedMayEnter(String allowed, String email, boolean expected) {
        assertThat(settings(allowed).mayEnter(Optional.of(email).filter(text -> !text.isEmpty())))
                .isEqualTo(expected);
    }

    @Test
    void anIssuerWithoutARuleOfWhoMayEnterIsRefused() {
        assertThatThrownBy(() -> new OpenIdSettings(
                        Optional.of("https://login.example.com"),
                        Optional.of("tailwater"),
                        Optional.of(Secret.of("secret")),
                        Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("console.oidc.allowed");
    }

    private static OpenIdSettings settings(String allowed) {
        return new OpenIdSettings(
                Optional.of("https://login.example.com"),
                Optional.of("tailwater"),
                Optional.of(Secret.of("secret")),
                Optional.of(allowed));
    }
}
