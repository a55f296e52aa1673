package io.tailwater.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwater.connections.ConnectionSettings;
import io.tailwater.connections.SealingKey;
import io.tailwater.connector.ConnectorConfig;
import io.tailwater.ingest.http.WebhookListener;
import io.tailwater.ingest.webhook.Samples;
import io.tailwater.schemas.topic.Topic;
import io.tailwater.schemas.topic.Topics;
import io.tailwater.service.ByteSize;
import io.tailwater.service.CheckResult;
import io.tailwater.service.Environment;
import io.tailwater.service.KafkaSettings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/** A whole gateway on free ports, connected to one workspace, and a client for it. */
final class RunningGateway implements AutoCloseable {

    private static final Environment ENVIRONMENT =
            Environment.of(Map.of("ACME_TOKEN", Samples.TOKEN, "ACME_SECRET", Samples.SECRET));
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Where nothing listens. */
    private static final URI NOBODY = URI.create("http://127.0.0.1:9");

    private final GatewayService service;
    private final HttpClient client = HttpClient.newHttpClient();

    private RunningGateway(GatewayService service) {
        this.service = service;
    }

    /** Starts one whose key and connections file are kept in a folder, to be found there by the next start. */
    static RunningGateway start(Path folder, String bootstrapServers, String schemaRegistryUrl) throws IOException {
        return startOnPort(folder, bootstrapServers, schemaRegistryUrl, 0);
    }

    static RunningGateway startOnPort(Path folder, String bootstrapServers, String schemaRegistryUrl, int port)
            throws IOException {
        Path key = folder.resolve("sealing-key.json");
        if (!Files.exists(key)) {
            SealingKey.generate(key);
        }
        Path connections = folder.resolve("connections.yaml");
        Files.writeString(connections, """
                connections:
                  - id: acme
                    workspace: acme-data
                    workspace-uuid: "%s"
                    token: env:ACME_TOKEN
                    webhook-secret: env:ACME_SECRET
                """.formatted(Samples.WORKSPACE_UUID));
        GatewayConfig config = new GatewayConfig(
                KafkaSettings.of(bootstrapServers, URI.create(schemaRegistryUrl)),
                new ConnectionSettings(Optional.of(connections), Optional.of(key), Optional.empty(), Optional.empty()),
                new WebhookListener("127.0.0.1", port, ByteSize.parse("1MB"), Duration.ofSeconds(20), 200),
                new GatewayConfig.AdminListener("127.0.0.1", 0),
                new ConnectorConfig(
                        NOBODY,
                        NOBODY,
                        Optional.empty(),
                        Duration.ofHours(1),
                        Duration.ofHours(1),
                        Duration.ofHours(1),
                        Duration.ZERO,
                        50,
                        Duration.ofDays(1),
                        "gateway-test-connector"),
                Duration.ofSeconds(1),
                Duration.ofSeconds(3),
                Duration.ofSeconds(20),
                ENVIRONMENT);
        return new RunningGateway(GatewayService.start(config));
    }

    static void createTopics(String bootstrapServers) throws ExecutionException, InterruptedException {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            Set<String> present = admin.listTopics().names().get();
            List<Topic<?, ?>> needed = List.of(Topics.BITBUCKET_WEBHOOKS, Topics.CONNECTIONS, Topics.CONNECTOR_STATES);
            List<NewTopic> missing = needed.stream()
                    .filter(topic -> !present.contains(topic.name()))
                    .map(topic -> new NewTopic(topic.name(), 4, (short) 1)
                            .configs(Map.of("cleanup.policy", topic.kept().cleanupPolicy())))
                    .toList();
            admin.createTopics(missing).all().get();
        }
    }

    GatewayService service() {
        return service;
    }

    RunningGateway awaitReady() {
        try {
            await(true);
            return this;
        } catch (AssertionError e) {
            close();
            throw e;
        }
    }

    void awaitNotReady() {
        await(false);
    }

    private void await(boolean ready) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        CheckResult result = service.ready();
        while (result.isWorking() != ready) {
            assertThat(System.nanoTime()).as("still %s", result).isLessThan(deadline);
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
            result = service.ready();
        }
    }

    HttpResponse<String> deliver(String eventKey, String requestId, byte[] body)
            throws IOException, InterruptedException {
        return client.send(request(eventKey, requestId, body), BodyHandlers.ofString());
    }

    CompletableFuture<HttpResponse<String>> deliverAsync(String eventKey, String requestId, byte[] body) {
        return client.sendAsync(request(eventKey, requestId, body), BodyHandlers.ofString());
    }

    private HttpRequest request(String eventKey, String requestId, byte[] body) {
        return HttpRequest.newBuilder(service.address().orElseThrow().resolve("/webhooks/bitbucket/acme"))
                .header("X-Event-Key", eventKey)
                .header("X-Request-UUID", requestId)
                .header("X-Hook-UUID", "{7d0e0000-0000-0000-0000-000000000003}")
                .header("X-Hub-Signature", Samples.sign(body, Samples.SECRET))
                .header("Authorization", "Bearer " + Samples.TOKEN)
                .POST(BodyPublishers.ofByteArray(body))
                .build();
    }

    HttpResponse<String> admin(String path) throws IOException, InterruptedException {
        URI address = service.adminAddress().orElseThrow().resolve(path);
        return client.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString());
    }

    @Override
    public void close() {
        client.close();
        service.close();
    }
}
