package io.tailwater.ingest.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tailwater.connections.ConnectionLookup;
import io.tailwater.ingest.produce.StoreOutcome;
import io.tailwater.ingest.webhook.Answer;
import io.tailwater.ingest.webhook.DeliveryExaminer;
import io.tailwater.ingest.webhook.Samples;
import io.tailwater.ingest.webhook.Samples.Sample;
import io.tailwater.schemas.event.WebhookDelivery;
import io.tailwater.schemas.topic.ConnectionId;
import io.tailwater.service.ByteSize;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

@Timeout(60)
class WebhookServerTest {

    static final List<Sample> RECORDED = Samples.RECORDED;

    private static final int LIMIT = 64 * 1024;
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-23T20:00:00Z"));
    private static final StoreOutcome STORED = new StoreOutcome.Stored(0, 0);

    private final HttpClient client = HttpClient.newHttpClient();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Queue<WebhookDelivery> stored = new ConcurrentLinkedQueue<>();
    private final List<AutoCloseable> opened = new ArrayList<>();
    private final LogCapture log = new LogCapture();

    private volatile Supplier<CompletableFuture<StoreOutcome>> store = () -> CompletableFuture.completedFuture(STORED);

    @BeforeEach
    void captureLogs() {
        log.start();
        root().addAppender(log);
        root().setLevel(Level.DEBUG);
    }

    @AfterEach
    void close() throws Exception {
        client.close();
        for (AutoCloseable part : opened) {
            part.close();
        }
        root().detachAppender(log);
        assertThat(log.lines).noneMatch(line -> line.contains(Samples.SECRET) || line.contains(Samples.TOKEN));
    }

    @ParameterizedTest
    @FieldSource("RECORDED")
    void storesEveryRecordedDelivery(Sample sample) throws Exception {
        WebhookServer server = server();

        HttpResponse<String> answer =
                deliver(server, sample.body(), headers -> headers.setHeader("X-Event-Key", sample.eventKey()));

        assertAnswer(answer, Answer.STORED);
        assertThat(stored).singleElement().satisfies(delivery -> {
            assertThat(delivery.getEventKey()).isEqualTo(sample.eventKey());
            assertThat(delivery.getBody().array()).isEqualTo(sample.body());
            assertThat(delivery.toString()).doesNotContain("x-hub-signature");
        });
        assertThat(meters.get("tailwater.webhook.answers")
                        .tag("answer", "stored")
                        .tag("status", "202")
                        .timer()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void answersOnlyOnceStored() throws Exception {
        CompletableFuture<StoreOutcome> acknowledgement = new CompletableFuture<>();
        CountDownLatch asked = new CountDownLatch(1);
        store = () -> {
            asked.countDown();
            return acknowledgement;
        };
        WebhookServer server = server();

        CompletableFuture<HttpResponse<String>> answer =
                client.sendAsync(request(server, payload(), headers -> headers).build(), BodyHandlers.ofString());

        assertThat(asked.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(answer).isNotDone();
        acknowledgement.complete(STORED);
        assertAnswer(answer.get(20, TimeUnit.SECONDS), Answer.STORED);
    }

    @Test
    void asksToTryAgainWhenKafkaDoesNotTakeIt() throws Exception {
        store = () -> CompletableFuture.completedFuture(new StoreOutcome.Unavailable("TimeoutException: away"));

        HttpResponse<String> answer = deliver(server(), payload(), headers -> headers);

        assertAnswer(answer, Answer.KAFKA_UNAVAILABLE);
        assertThat(answer.headers().firstValue("Retry-After")).contains("5");
        assertThat(log.lines).anyMatch(line -> line.contains("TimeoutException: away"));
    }

    @Test
    void saysWhenTheTopicTakesNoRecordOfThisSize() throws Exception {
        store = () -> CompletableFuture.completedFuture(new StoreOutcome.TooLarge());

        assertAnswer(deliver(server(), payload(), headers -> headers), Answer.BODY_TOO_LARGE);
    }

    @Test
    void givesEachRefusalItsOwnAnswer() throws Exception {
        WebhookServer server = server();

        assertAnswer(
                deliver(server, payload(), headers -> headers.setHeader("X-Hub-Signature", "sha1=00")),
                Answer.SIGNATURE_METHOD_UNKNOWN);
        assertAnswer(
                deliver(
                        server,
                        payload(),
                        headers -> headers.setHeader("X-Hub-Signature", Samples.sign(payload(), "another secret"))),
                Answer.SIGNATURE_WRONG);
        assertAnswer(
                deliver(server, payload(), headers -> headers.setHeader("X-Event-Key", "")), Answer.EVENT_KEY_MISSING);
        assertAnswer(deliver(server, bytes("{"), headers -> headers), Answer.BODY_NOT_JSON);
        assertAnswer(deliver(server, new byte[0], headers -> headers), Answer.BODY_EMPTY);
        assertAnswer(deliver(server, bytes("{\"actor\":{}}"), headers -> headers), Answer.REPOSITORY_MISSING);
        assertAnswer(
                client.send(
                        HttpRequest.newBuilder(address(server, "acme"))
                                .POST(BodyPublishers.ofByteArray(payload()))
                                .build(),
                        BodyHandlers.ofString()),
                Answer.SIGNATURE_MISSING);
        assertAnswer(
                client.send(
                        HttpRequest.newBuilder(address(server, "acme"))
                                .header("X-Request-Id", "1")
                                .header("X-Event-Key", "diagnostics:ping")
                                .POST(BodyPublishers.ofString("{\"test\":true}"))
                                .build(),
                        BodyHandlers.ofString()),
                Answer.DATA_CENTER);
        assertThat(stored).isEmpty();
        assertAnswer(deliver(server, payload(), headers -> headers), Answer.STORED);
    }

    @Test
    void tellsApartConnectionsThatCannotBeUsed() throws Exception {
        WebhookServer server = server();

        assertAnswer(
                deliver(server, payload(), headers -> headers.uri(address(server, "nobody"))),
                Answer.CONNECTION_UNKNOWN);
        assertAnswer(
                deliver(server, payload(), headers -> headers.uri(address(server, "a%20b%0d%0a"))),
                Answer.CONNECTION_UNKNOWN);
        assertAnswer(
                deliver(server, payload(), headers -> headers.uri(address(server, "resealed"))),
                Answer.CONNECTION_UNREADABLE);
        assertAnswer(deliver(server, payload(), headers -> headers.uri(address(server, "loading"))), Answer.STARTING);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/metrics",
                "/health/live",
                "/webhooks/bitbucket",
                "/webhooks/bitbucket/",
                "/webhooks/bitbucket/acme/x",
                "/webhooks/github/acme"
            })
    void servesNothingButWebhooks(String path) throws Exception {
        WebhookServer server = server();

        for (String method : List.of("GET", "POST", "PUT", "OPTIONS")) {
            HttpRequest request = HttpRequest.newBuilder(server.address().resolve(path))
                    .method(method, BodyPublishers.noBody())
                    .build();
            assertAnswer(client.send(request, BodyHandlers.ofString()), Answer.NOT_FOUND);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "PUT", "DELETE", "PATCH", "OPTIONS"})
    void takesNothingButPost(String method) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(address(server(), "acme"))
                .method(method, BodyPublishers.noBody())
                .build();

        HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());

        assertAnswer(answer, Answer.METHOD_NOT_ALLOWED);
        assertThat(answer.headers().firstValue("Allow")).contains("POST");
    }

    @Test
    void acceptsABodyUpToTheLimitAndRefusesOneByteMore() throws Exception {
        WebhookServer server = server();
        byte[] largest = padded(LIMIT);
        byte[] tooLarge = padded(LIMIT + 1);

        assertAnswer(deliver(server, largest, headers -> headers), Answer.STORED);
        assertAnswer(deliver(server, tooLarge, headers -> headers), Answer.BODY_TOO_LARGE);
        assertAnswer(deliver(server, chunked(largest), largest, headers -> headers), Answer.STORED);
        assertAnswer(deliver(server, chunked(tooLarge), tooLarge, headers -> headers), Answer.BODY_TOO_LARGE);
    }

    @Test
    void answersABodyFarBeyondTheLimit() throws Exception {
        byte[] huge = padded(30 * LIMIT);
        WebhookServer server = server();

        assertAnswer(deliver(server, huge, headers -> headers), Answer.BODY_TOO_LARGE);
        assertAnswer(deliver(server, chunked(huge), huge, headers -> headers), Answer.BODY_TOO_LARGE);
        assertAnswer(deliver(server, payload(), headers -> headers), Answer.STORED);
    }

    @Test
    void saysWhenTheBodyEndsEarly() throws Exception {
        WebhookServer server = server();

        try (Socket socket = connect(server)) {
            send(socket, head("Content-Length: 1000") + "{\"repository\":");
            socket.shutdownOutput();
            assertThat(answer(socket)).startsWith("HTTP/1.1 400").contains(Answer.BODY_TRUNCATED.json());
        }
        try (Socket socket = connect(server)) {
            send(socket, head("Transfer-Encoding: chunked") + "100\r\n{\"repository\":");
            socket.shutdownOutput();
            assertThat(answer(socket)).startsWith("HTTP/1.1 400").contains(Answer.BODY_TRUNCATED.json());
        }
        assertThat(stored).isEmpty();
        assertAnswer(deliver(server, payload(), headers -> headers), Answer.STORED);
    }

    @Test
    void endsItsPatienceWithASlowSender() throws Exception {
        WebhookServer server = server(200, Duration.ofMillis(300), Duration.ofMillis(300));

        try (Socket socket = connect(server)) {
            send(socket, head("Content-Length: 1000") + "{\"repository\":");
            assertThat(answer(socket)).startsWith("HTTP/1.1 408").contains(Answer.BODY_TOO_SLOW.json());
        }
        assertAnswer(deliver(server, payload(), headers -> headers), Answer.STORED);
    }

    @Test
    void handlesManyDeliveriesAtOnce() throws Exception {
        WebhookServer server = server();
        List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();

        for (int number = 0; number < 150; number++) {
            String id = "request-" + number;
            answers.add(client.sendAsync(
                    request(server, payload(), headers -> headers.setHeader("X-Request-UUID", id))
                            .build(),
                    BodyHandlers.ofString()));
        }

        for (CompletableFuture<HttpResponse<String>> answer : answers) {
            assertAnswer(answer.get(30, TimeUnit.SECONDS), Answer.STORED);
        }
        assertThat(stored.stream().map(WebhookDelivery::getRequestId).distinct())
                .hasSize(150);
    }

    @Test
    void turnsAwayMoreDeliveriesThanItHasRoomFor() throws Exception {
        CompletableFuture<StoreOutcome> acknowledgement = new CompletableFuture<>();
        CountDownLatch asked = new CountDownLatch(1);
        store = () -> {
            asked.countDown();
            return acknowledgement;
        };
        WebhookServer server = server(1, Duration.ofSeconds(20), Duration.ofSeconds(20));
        CompletableFuture<HttpResponse<String>> first =
                client.sendAsync(request(server, payload(), headers -> headers).build(), BodyHandlers.ofString());
        assertThat(asked.await(20, TimeUnit.SECONDS)).isTrue();

        HttpResponse<String> second = deliver(server, payload(), headers -> headers);
        acknowledgement.complete(STORED);

        assertAnswer(second, Answer.BUSY);
        assertThat(second.headers().firstValue("Retry-After")).isPresent();
        assertAnswer(first.get(20, TimeUnit.SECONDS), Answer.STORED);
    }

    @Test
    void makesRoomAgainWhateverTheAnswer() throws Exception {
        WebhookServer server = server(1, Duration.ofSeconds(20), Duration.ofSeconds(20));

        for (int times = 0; times < 3; times++) {
            assertAnswer(deliver(server, bytes("{"), headers -> headers), Answer.BODY_NOT_JSON);
            eventuallyStored(server);
        }
    }

    @Test
    void answersAFaultOfItsOwnWithoutDetails() throws Exception {
        store = () -> {
            throw new IllegalStateException("inner detail");
        };

        WebhookServer server = server(1, Duration.ofSeconds(20), Duration.ofSeconds(20));

        HttpResponse<String> answer = deliver(server, payload(), headers -> headers);

        assertAnswer(answer, Answer.INTERNAL_ERROR);
        assertThat(answer.body()).doesNotContain("inner detail");
        store = () -> CompletableFuture.completedFuture(STORED);
        eventuallyStored(server);
    }

    @Test
    void finishesWhatIsInFlightBeforeItStops() throws Exception {
        CompletableFuture<StoreOutcome> acknowledgement = new CompletableFuture<>();
        CountDownLatch asked = new CountDownLatch(1);
        store = () -> {
            asked.countDown();
            return acknowledgement;
        };
        WebhookServer server = server();
        CompletableFuture<HttpResponse<String>> answer =
                client.sendAsync(request(server, payload(), headers -> headers).build(), BodyHandlers.ofString());
        assertThat(asked.await(20, TimeUnit.SECONDS)).isTrue();

        Thread stopping = Thread.ofVirtual().start(server::close);
        awaitRefusingConnections(server);
        acknowledgement.complete(STORED);

        assertAnswer(answer.get(20, TimeUnit.SECONDS), Answer.STORED);
        assertThat(stopping.join(Duration.ofSeconds(20))).isTrue();
    }

    @Test
    void namesAPortThatIsTaken() {
        int taken = server().address().getPort();
        WebhookListener listener =
                new WebhookListener("127.0.0.1", taken, new ByteSize(LIMIT), Duration.ofSeconds(1), 1);

        assertThatIllegalStateException()
                .isThrownBy(() -> start(listener, Duration.ofSeconds(1)))
                .withMessageContaining("127.0.0.1:" + taken);
    }

    @Test
    void keepsItsLogShortUnderAFloodOfRefusals() throws Exception {
        WebhookServer server = server();

        for (int times = 0; times < 20; times++) {
            deliver(server, payload(), headers -> headers.setHeader("X-Hub-Signature", "sha256=00"));
        }

        assertThat(log.lines.stream().filter(line -> line.contains("refused a delivery")))
                .hasSize(1);
        assertThat(meters.get("tailwater.webhook.answers")
                        .tag("answer", "signature-wrong")
                        .timer()
                        .count())
                .isEqualTo(20);
    }

    private WebhookServer server() {
        return server(200, Duration.ofSeconds(20), Duration.ofSeconds(20));
    }

    private WebhookServer server(int maxConcurrent, Duration readTimeout, Duration storing) {
        return start(new WebhookListener("127.0.0.1", 0, new ByteSize(LIMIT), readTimeout, maxConcurrent), storing);
    }

    private WebhookServer start(WebhookListener listener, Duration storing) {
        WebhookServer server = WebhookServer.start(
                listener,
                storing,
                Duration.ofSeconds(20),
                new DeliveryExaminer(WebhookServerTest::connection),
                (key, delivery) -> {
                    CompletableFuture<StoreOutcome> outcome = store.get();
                    stored.add(delivery);
                    return outcome;
                },
                meters,
                CLOCK);
        opened.add(server);
        return server;
    }

    private static ConnectionLookup connection(ConnectionId id) {
        return switch (id.value()) {
            case "acme" -> new ConnectionLookup.Found(Samples.workspace(Optional.empty()));
            case "resealed" -> new ConnectionLookup.Unreadable("another key");
            case "loading" -> new ConnectionLookup.StillLoading();
            default -> new ConnectionLookup.Unknown();
        };
    }

    private static URI address(WebhookServer server, String connection) {
        return server.address().resolve("/webhooks/bitbucket/" + connection);
    }

    private HttpResponse<String> deliver(WebhookServer server, byte[] body, UnaryOperator<HttpRequest.Builder> changes)
            throws Exception {
        return deliver(server, BodyPublishers.ofByteArray(body), body, changes);
    }

    private HttpResponse<String> deliver(
            WebhookServer server, BodyPublisher sent, byte[] signed, UnaryOperator<HttpRequest.Builder> changes)
            throws Exception {
        return client.send(request(server, signed, changes).POST(sent).build(), BodyHandlers.ofString());
    }

    private static HttpRequest.Builder request(
            WebhookServer server, byte[] body, UnaryOperator<HttpRequest.Builder> changes) {
        return changes.apply(HttpRequest.newBuilder(address(server, "acme"))
                .setHeader("X-Event-Key", "pullrequest:updated")
                .setHeader("X-Request-UUID", "8a1c0000-0000-0000-0000-000000000002")
                .setHeader("X-Hub-Signature", Samples.sign(body, Samples.SECRET))
                .POST(BodyPublishers.ofByteArray(body)));
    }

    private void eventuallyStored(WebhookServer server) throws Exception {
        HttpResponse<String> answer = deliver(server, payload(), headers -> headers);
        while (answer.statusCode() == 503) {
            answer = deliver(server, payload(), headers -> headers);
        }
        assertAnswer(answer, Answer.STORED);
    }

    private static void assertAnswer(HttpResponse<String> response, Answer expected) {
        assertThat(response.body()).isEqualTo(expected.json());
        assertThat(response.statusCode()).isEqualTo(expected.status());
        assertThat(response.headers().firstValue("Content-Type")).contains("application/json;charset=utf-8");
        assertThat(response.headers().map()).doesNotContainKey("server");
    }

    private static BodyPublisher chunked(byte[] body) {
        return BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body));
    }

    private static byte[] payload() {
        return bytes(Samples.payload());
    }

    private static byte[] padded(int size) {
        String payload = Samples.payload().strip();
        return bytes(payload + " ".repeat(size - payload.length()));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String head(String framing) {
        return "POST /webhooks/bitbucket/acme HTTP/1.1\r\nHost: localhost\r\nX-Hub-Signature: sha256=00\r\n" + framing
                + "\r\n\r\n";
    }

    private static Socket connect(WebhookServer server) throws IOException {
        Socket socket = new Socket("127.0.0.1", server.address().getPort());
        socket.setSoTimeout(20_000);
        return socket;
    }

    private static void send(Socket socket, String text) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write(bytes(text));
        out.flush();
    }

    private static String answer(Socket socket) throws IOException {
        InputStream in = socket.getInputStream();
        StringBuilder text = new StringBuilder();
        byte[] chunk = new byte[1024];
        for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
            text.append(new String(chunk, 0, count, StandardCharsets.UTF_8));
            if (text.indexOf("}") >= 0) {
                break;
            }
        }
        return text.toString();
    }

    private static void awaitRefusingConnections(WebhookServer server) throws IOException {
        while (true) {
            try (Socket socket = connect(server)) {
                Thread.onSpinWait();
            } catch (ConnectException e) {
                return;
            }
        }
    }

    private static Logger root() {
        return (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    }

    /** Every log line of the process, with its pairs and its cause. */
    private static final class LogCapture extends AppenderBase<ILoggingEvent> {

        private final Queue<String> lines = new ConcurrentLinkedQueue<>();

        @Override
        protected void append(ILoggingEvent event) {
            String cause = event.getThrowableProxy() == null
                    ? ""
                    : String.valueOf(event.getThrowableProxy().getMessage());
            lines.add(event.getFormattedMessage() + " " + event.getKeyValuePairs() + " " + Map.of("cause", cause));
        }
    }
}
