package io.tailwater.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwater.launcher.demo.LocalWorkspace;
import io.tailwater.launcher.fixture.ServiceProcess;
import io.tailwater.testing.KafkaCluster;
import io.tailwater.testing.KafkaExtension;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The commands and the environment of docker-compose.yml, started without Docker; only addresses and folders differ. */
@ExtendWith(KafkaExtension.class)
class ComposeCommandsIT {

    private static final Pattern HEALTH = Pattern.compile("answers for its health at (\\S+)");
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final ComposeFile compose = ComposeFile.read(Path.of("..", "docker-compose.yml"));

    @Test
    void theServicesStartAndAreReady(KafkaCluster cluster, @TempDir Path folder) throws Exception {
        try (LocalWorkspace workspace = LocalWorkspace.start(folder);
                ServiceProcess topics = start("topics", workspace, cluster, folder)) {
            topics.awaitOutput("Done.");
            for (String name : List.of("publisher", "analyzer", "gateway")) {
                try (ServiceProcess service = start(name, workspace, cluster, folder)) {
                    service.awaitOutput("answers for its health at");
                    Matcher address = HEALTH.matcher(service.output());
                    assertThat(address.find()).isTrue();
                    assertThat(awaitReady(URI.create(address.group(1))))
                            .as(name)
                            .isEqualTo(200);
                }
            }
        }
    }

    private ServiceProcess start(String name, LocalWorkspace workspace, KafkaCluster cluster, Path folder)
            throws IOException {
        Map<String, String> settings = new TreeMap<>(compose.environment(name));
        workspace
                .settings(
                        cluster.bootstrapServers(),
                        cluster.schemaRegistryUrl(),
                        Files.createDirectories(folder.resolve("analyzer")))
                .forEach((key, value) -> settings.replace(ServiceProcess.environmentName(key), value));
        // Containers listen on all addresses; this test must not.
        settings.replaceAll((key, value) -> key.endsWith("_HOST") ? "127.0.0.1" : value);
        List<String> command = compose.command(name).stream()
                .map(word -> word.equals("3") ? "1" : word)
                .toList();
        return ServiceProcess.startWithEnvironment(command, settings, folder.resolve(name + ".log"));
    }

    private static int awaitReady(URI address) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        int status = 0;
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(address.resolve("/health/ready"))
                    .timeout(PATIENCE)
                    .build();
            while (status != 200 && System.nanoTime() < end) {
                try {
                    status = client.send(request, HttpResponse.BodyHandlers.discarding())
                            .statusCode();
                } catch (IOException e) {
                    status = 0;
                }
                Thread.sleep(Duration.ofMillis(100));
            }
        }
        return status;
    }
}
