package io.tailwater.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class SecretTest {

    @Test
    void showsItsValueOnlyToTheFunctionGiven() {
        Secret secret = Secret.of("hidden");

        assertThat(secret).hasToString("***");
        assertThat(secret.<Integer>use(String::length)).isEqualTo(6);
    }

    @Test
    void refusesAnEmptyValue() {
        assertThatIllegalArgumentException().isThrownBy(() -> Secret.of(""));
    }
}
