package io.tailwater.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AdminServerTest {

    private static final String HOST = "127.0.0.1";

    private final HttpClient client = HttpClient.newHttpClient();
    private final Metrics metrics = Metrics.forService("test");
    private volatile CheckResult kafka = CheckResult.working("caught up");

    private AdminServer server = AdminServer.start(HOST, 0, Map.of(), metrics);

    @BeforeEach
    void start() {
        server.close();
        server = AdminServer.start(HOST, 0, Map.of("kafka", () -> kafka), metrics);
    }

    @AfterEach
    void stop() {
        server.close();
        metrics.close();
    }

    @Test
    void isReadyWhileAllPartsWork() throws Exception {
        HttpResponse<String> answer = get("/health/ready");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body())
                .isEqualTo("{\"status\":\"ready\",\"checks\":{\"kafka\":{\"working\":true,\"detail\":\"caught up\"}}}");
    }

    @Test
    void isNotReadyWhenAPartDoesNotWorkButStaysLive() throws Exception {
        kafka = CheckResult.notWorking("no \"broker\" answers");

        assertThat(get("/health/ready").statusCode()).isEqualTo(503);
        assertThat(get("/health/ready").body()).contains("\"working\":false", "no \\\"broker\\\" answers");
        assertThat(get("/health/live").statusCode()).isEqualTo(200);
    }

    @Test
    void countsACheckThatThrowsAsNotWorking() throws Exception {
        server.close();
        HealthCheck broken = () -> {
            throw new IllegalStateException("secret detail");
        };
        server = AdminServer.start(HOST, 0, Map.of("broken", broken), metrics);

        assertThat(get("/health/ready").statusCode()).isEqualTo(503);
        assertThat(get("/health/ready").body())
                .contains("IllegalStateException")
                .doesNotContain("secret detail");
    }

    @Test
    void showsMetersWithTheNameOfTheService() throws Exception {
        metrics.registry().counter("deliveries").increment();

        assertThat(get("/metrics").body()).contains("deliveries_total{service=\"test\"} 1.0", "jvm_memory_used_bytes");
    }

    @Test
    void servesNothingElse() throws Exception {
        assertThat(get("/").statusCode()).isEqualTo(404);
        assertThat(get("/health/ready/x").statusCode()).isEqualTo(404);
        HttpRequest post = HttpRequest.newBuilder(server.address().resolve("/metrics"))
                .POST(BodyPublishers.ofString("x"))
                .build();
        assertThat(client.send(post, BodyHandlers.ofString()).statusCode()).isEqualTo(405);
    }

    @Test
    void namesTheAddressThatCannotBeBound() {
        int taken = server.address().getPort();

        assertThatThrownBy(() -> AdminServer.start(HOST, taken, Map.of(), metrics))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining(HOST + ":" + taken);
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        URI address = server.address().resolve(path);
        return client.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString());
    }
}
