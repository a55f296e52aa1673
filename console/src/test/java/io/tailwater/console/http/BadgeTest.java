package io.tailwater.console.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BadgeTest {

    @Test
    void noImpactIsSaidOnlyOfWhatWasAnalysedCompletely() {
        assertThat(Badge.of("REPORTED", Optional.of("NONE"), true)).containsExactly(new Badge("No impact", "good"));
        assertThat(Badge.of("REPORTED", Optional.of("NONE"), false))
                .containsExactly(new Badge("Could not tell", "unknown"));
    }

    @Test
    void aVerdictOnPartOfTheCodeSaysSo() {
        assertThat(Badge.of("REPORTED", Optional.of("ADDITIVE"), false))
                .extracting(Badge::text)
                .containsExactly("Additive", "Not everything analysed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"FAILED", "SKIPPED", "SUPERSEDED"})
    void anAnalysisThatDidNotHappenNeverLooksGood(String outcome) {
        List<Badge> badges = Badge.of(outcome, Optional.empty(), false);
        assertThat(badges).extracting(Badge::tone).doesNotContain("good");
    }
}
