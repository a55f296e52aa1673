package io.tailwater.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.tailwater.ingest.http.WebhookListener;
import io.tailwater.service.ByteSize;
import io.tailwater.service.SettingDescription;
import io.tailwater.service.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GatewayConfigTest {

    @Test
    void pinsDefaults() {
        Settings settings = Settings.read(
                Optional.empty(),
                Map.of(
                        "TAILWATER_KAFKA_BOOTSTRAP_SERVERS", "localhost:9092",
                        "TAILWATER_KAFKA_SCHEMA_REGISTRY_URL", "http://localhost:8085",
                        "TAILWATER_CONNECTIONS_KEY_FILE", "key.json"),
                List.of(GatewayConfig.class));

        GatewayConfig config = settings.load(GatewayConfig.class);

        assertThat(config.webhooks())
                .isEqualTo(new WebhookListener("0.0.0.0", 8080, ByteSize.parse("1MB"), Duration.ofSeconds(8), 200));
        assertThat(config.admin()).isEqualTo(new GatewayConfig.AdminListener("127.0.0.1", 8081));
        assertThat(config.maxBlock()).isEqualTo(Duration.ofMillis(2_500));
        assertThat(config.deliveryTimeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(config.stopTimeout()).isEqualTo(Duration.ofSeconds(10));
        assertThat(config.connections().keyFile()).contains(Path.of("key.json"));
        assertThat(config.connections().file()).isEmpty();
    }

    @Test
    void pinsKeys() {
        assertThat(Settings.describe(GatewayConfig.class))
                .extracting(SettingDescription::key, SettingDescription::defaultValue, SettingDescription::required)
                .containsExactly(
                        tuple("kafka.bootstrap-servers", "", true),
                        tuple("kafka.schema-registry-url", "", true),
                        tuple("kafka.client.", "", false),
                        tuple("connections.file", "", false),
                        tuple("connections.key-file", "", false),
                        tuple("connections.key", "", false),
                        tuple("connections.key-uri", "", false),
                        tuple("gateway.webhook.host", "0.0.0.0", false),
                        tuple("gateway.webhook.port", "8080", false),
                        tuple("gateway.webhook.max-body", "1MB", false),
                        tuple("gateway.webhook.read-timeout", "8s", false),
                        tuple("gateway.webhook.max-concurrent", "200", false),
                        tuple("gateway.admin.host", "127.0.0.1", false),
                        tuple("gateway.admin.port", "8081", false),
                        tuple("bitbucket.api-url", "https://api.bitbucket.org", false),
                        tuple("bitbucket.git-url", "https://bitbucket.org", false),
                        tuple("connector.public-url", "", false),
                        tuple("connector.poll-every", "5m", false),
                        tuple("connector.check-token", "1m", false),
                        tuple("connector.check-webhooks", "10m", false),
                        tuple("connector.history", "365d", false),
                        tuple("connector.share", "50", false),
                        tuple("connector.gone-after", "1d", false),
                        tuple("connector.group", "tailwater-connector", false),
                        tuple("gateway.kafka.max-block", "2500ms", false),
                        tuple("gateway.kafka.delivery-timeout", "5s", false),
                        tuple("gateway.stop-timeout", "10s", false));
    }
}
