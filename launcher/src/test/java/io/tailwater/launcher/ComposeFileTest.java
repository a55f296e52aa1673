package io.tailwater.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwater.service.KafkaSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ComposeFileTest {

    private final ComposeFile compose = ComposeFile.read(Path.of("..", "docker-compose.yml"));

    @Test
    void hasEveryPartOfTheProduct() {
        assertThat(compose.serviceNames())
                .contains(
                        "kafka-1",
                        "kafka-2",
                        "kafka-3",
                        "schema-registry",
                        "topics",
                        "gateway",
                        "analyzer",
                        "publisher",
                        "prometheus",
                        "grafana");
    }

    @Test
    void scaledServicesFixNoContainerNameAndNoHostPort() {
        for (String scaled : List.of("analyzer", "publisher")) {
            assertThat(compose.service(scaled)).doesNotContainKeys("container_name", "ports");
        }
    }

    @Test
    void everyFolderMountedFromTheProjectExists() throws IOException {
        for (String source : compose.mountedFromTheProject()) {
            assertThat(Files.exists(Path.of("..").resolve(source))).as(source).isTrue();
        }
    }

    @Test
    void everyKeyOfOursIsKnown() {
        for (String service : List.of("topics", "gateway", "analyzer", "publisher")) {
            Map<String, String> environment = compose.environment(service);
            assertThat(Configuration.read(Optional.empty(), environment)
                            .load(KafkaSettings.class)
                            .bootstrapServers())
                    .as(service)
                    .contains("kafka-1:9092");
        }
    }

    @Test
    void thePortsPrometheusAsksAreTheOnesTheServicesServe() throws IOException {
        String prometheus = Files.readString(Path.of("..", "deploy", "prometheus", "prometheus.yml"));
        for (String service : List.of("gateway", "analyzer", "publisher")) {
            String key = "TAILWATER_" + service.toUpperCase(Locale.ROOT) + "_ADMIN_PORT";
            assertThat(prometheus)
                    .contains("port: " + compose.environment(service).get(key));
        }
    }
}
