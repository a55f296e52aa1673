package io.tailwater.bitbucket.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RepositoryNameTest {

    @Test
    void takesSlugsAndUuids() {
        assertThat(new RepositoryName("acme", "data.ware-house_2")).hasToString("acme/data.ware-house_2");
        assertThat(new RepositoryName("{}", "{a0b1-c2}").repository()).isEqualTo("{a0b1-c2}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "a/b", "a b", "{x", "a?b", "a#b", "a%2Fb", "a\nb"})
    void refusesWhatCouldLeadElsewhere(String slug) {
        assertThatIllegalArgumentException().isThrownBy(() -> new RepositoryName("acme", slug));
    }
}
