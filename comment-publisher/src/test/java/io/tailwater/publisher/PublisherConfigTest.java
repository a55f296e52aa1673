package io.tailwater.publisher;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwater.publisher.publish.PublishingRules;
import io.tailwater.service.SettingDescription;
import io.tailwater.service.Settings;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PublisherConfigTest {

    @Test
    void pinsEveryKey() {
        List<SettingDescription> described = Settings.describe(PublisherConfig.class);

        assertThat(described)
                .extracting(SettingDescription::key)
                .filteredOn(key -> key.startsWith("bitbucket.") || key.startsWith("publisher."))
                .containsExactlyInAnyOrder(
                        "bitbucket.api-url",
                        "bitbucket.git-url",
                        "publisher.report-url",
                        "publisher.comment-on",
                        "publisher.group",
                        "publisher.parallelism",
                        "publisher.max-pending",
                        "publisher.max-parked",
                        "publisher.parked-probe",
                        "publisher.request-timeout",
                        "publisher.hand-over",
                        "publisher.admin.host",
                        "publisher.admin.port");
    }

    @Test
    void pinsEveryDefault() {
        PublisherConfig config = Settings.read(Optional.empty(), Map.of(), List.of(PublisherConfig.class))
                .with(Map.of(
                        "kafka.bootstrap-servers", "localhost:9092",
                        "kafka.schema-registry-url", "http://localhost:8085",
                        "connections.key-file", "keyset.json"))
                .load(PublisherConfig.class);

        assertThat(config.apiUrl()).isEqualTo(URI.create("https://api.bitbucket.org"));
        assertThat(config.gitUrl()).isEqualTo(URI.create("https://bitbucket.org"));
        assertThat(config.reportUrl()).isEmpty();
        assertThat(config.rules()).isEqualTo(PublishingRules.FINDINGS_AND_UNKNOWN);
        assertThat(config.group()).isEqualTo("tailwater-publisher");
        assertThat(config.parallelism()).isEqualTo(8);
        assertThat(config.maxPending()).isEqualTo(200);
        assertThat(config.maxParked()).isEqualTo(5_000);
        assertThat(config.parkedProbe()).isEqualTo(Duration.ofMinutes(15));
        assertThat(config.requestTimeout()).isEqualTo(Duration.ofSeconds(30));
        assertThat(config.handOver()).isEqualTo(Duration.ofSeconds(20));
        assertThat(config.admin()).isEqualTo(new PublisherConfig.AdminListener("127.0.0.1", 8083));
    }
}
