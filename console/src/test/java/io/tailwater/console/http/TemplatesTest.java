package io.tailwater.console.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TemplatesTest {

    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

    @Test
    void whatStandsOnAPageIsEscaped() {
        String page = new Templates(InstantSource.fixed(NOON))
                .render(
                        "problem",
                        Map.of(
                                "title", "<script>alert(1)</script>",
                                "text", "\" onload=\"x",
                                "section", "",
                                "formToken", "token",
                                "actor", "<ada>",
                                "flash", "<b>",
                                "flashTone", "good",
                                "needToken", List.of(),
                                "expiring", List.of()));
        assertThat(page)
                .contains("&lt;script&gt;", "&lt;ada&gt;", "&lt;b&gt;")
                .doesNotContain("<script", "<ada>", "<b>", "\" onload=\"");
    }

    @Test
    void timesAreToldAsPeopleTellThem() {
        assertThat(Templates.distance(NOON, NOON.plusSeconds(2))).isEqualTo("just now");
        assertThat(Templates.distance(NOON, NOON.plus(Duration.ofMinutes(5)))).isEqualTo("5 minutes ago");
        assertThat(Templates.distance(NOON.plus(Duration.ofDays(40)), NOON)).isEqualTo("in 40 days");
    }
}
