package io.tailwater.lineage.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobTest {
    @ParameterizedTest
    @CsvSource({
        "sandbox/**, sandbox/a.sql, true",
        "sandbox/**, sandbox/deep/er/a.sql, true",
        "sandbox/**, other/sandbox/a.sql, false",
        "**/sandbox/*.sql, sandbox/a.sql, true",
        "**/sandbox/*.sql, x/y/sandbox/a.sql, true",
        "**/sandbox/*.sql, mysandbox/a.sql, false",
        "**/sandbox/*.sql, sandbox/b/a.sql, false",
        "a/**/b, a/b, true",
        "a/**/b, a/x/y/b, true",
        "a/**/b, a/xb, false",
        "*.sql, a/b.sql, false",
        "a?c.sql, abc.sql, true",
        "a?c.sql, a/c.sql, false",
        "**, any/thing, true",
        "a.b, axb, false",
    })
    void matchesPathsPartByPart(String pattern, String path, boolean matches) {
        assertThat(Glob.ofPath(pattern).matches(path)).isEqualTo(matches);
    }

    @Test
    void namesAreSeparatedByDotsAndCompareWithoutCase() {
        assertThat(Glob.ofName("Finance.*").matches("finance.ORDERS")).isTrue();
        assertThat(Glob.ofName("finance.*").matches("finance.orders.id")).isFalse();
        assertThat(Glob.ofName("finance.**").matches("finance.orders.id")).isTrue();
    }

    @Test
    void aPatternMadeToBacktrackIsDoneInStepsOfPatternTimesText() {
        String pattern = "*a".repeat(240) + "b";
        String text = "a".repeat(20_000);
        // a matcher that tries again would need more steps than there are atoms
        assertThat(Glob.ofPath(pattern).matches(text)).isFalse();
        assertThat(Glob.ofPath("**/".repeat(160) + "b").matches("a/".repeat(5_000) + "c"))
                .isFalse();
    }

    @Test
    void aPatternBeyondAllNeedIsRefused() {
        assertThatThrownBy(() -> Glob.ofPath("a".repeat(Glob.LONGEST + 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("longer than");
    }
}
