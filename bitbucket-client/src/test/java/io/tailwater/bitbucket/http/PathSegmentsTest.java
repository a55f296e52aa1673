package io.tailwater.bitbucket.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PathSegmentsTest {

    @Test
    void encodesEachSegmentOnItsOwn() {
        assertThat(PathSegments.join("a", "{b}", "c/d", "e#f?g", "h i+j%", "ü"))
                .isEqualTo("a/%7Bb%7D/c%2Fd/e%23f%3Fg/h%20i%2Bj%25/%C3%BC");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", ".."})
    void refusesSegmentsThatAServerWouldResolveAway(String segment) {
        assertThatIllegalArgumentException().isThrownBy(() -> PathSegments.join("a", segment, "b"));
    }
}
