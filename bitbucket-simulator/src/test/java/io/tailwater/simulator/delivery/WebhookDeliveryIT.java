package io.tailwater.simulator.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import io.tailwater.simulator.Fixture;
import io.tailwater.simulator.SimulatorOptions;
import io.tailwater.simulator.state.PullRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WebhookDeliveryIT {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private record Received(Map<String, String> headers, byte[] body) {
        JsonNode json() throws IOException {
            return MAPPER.readTree(body);
        }

        String header(String name) {
            return headers.getOrDefault(name.toLowerCase(java.util.Locale.ROOT), "");
        }
    }

    @TempDir
    private Path folder;

    private final List<Received> received = new CopyOnWriteArrayList<>();
    private final AtomicInteger answered = new AtomicInteger();
    private volatile IntUnaryOperator status = number -> 202;
    private HttpServer receiver;
    private Fixture fixture;

    @BeforeEach
    void start() throws Exception {
        receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext("/hook", exchange -> {
            Map<String, String> headers = new java.util.TreeMap<>();
            exchange.getRequestHeaders()
                    .forEach((name, values) -> headers.put(name.toLowerCase(java.util.Locale.ROOT), values.getFirst()));
            received.add(new Received(headers, exchange.getRequestBody().readAllBytes()));
            int code = status.applyAsInt(answered.incrementAndGet());
            if (code > 0) {
                exchange.sendResponseHeaders(code, -1);
                exchange.close();
            }
        });
        receiver.start();
        fixture = new Fixture(
                folder,
                SimulatorOptions.defaults()
                        .withDelivery(new DeliveryRules(3, Duration.ofSeconds(2), Duration.ofMillis(5), 256 * 1024)));
        URI url = URI.create("http://127.0.0.1:" + receiver.getAddress().getPort() + "/hook");
        fixture.simulator.addHook(
                "acme",
                "warehouse",
                url,
                List.of(
                        "pullrequest:created",
                        "pullrequest:updated",
                        "pullrequest:fulfilled",
                        "pullrequest:rejected",
                        "pullrequest:comment_created",
                        "repo:push"),
                "s3cret");
    }

    @AfterEach
    void stop() {
        fixture.close();
        receiver.stop(0);
    }

    private PullRequest open() {
        return fixture.simulator.openPullRequest(fixture.repository, "Drop", "", "feature/drop", "main");
    }

    private List<DeliveryRecord.Outcome> outcomes() {
        return fixture.simulator.deliveries().stream()
                .map(DeliveryRecord::outcome)
                .toList();
    }

    private void awaitOutcomes(int count) {
        Fixture.await(count + " attempts", () -> outcomes().size() >= count);
    }

    @Test
    void signsTheBytesAsSent() throws Exception {
        fixture.simulator.openPullRequest(fixture.repository, "Größe ändern", "", "feature/drop", "main");
        awaitOutcomes(1);
        Received first = received.getFirst();
        assertThat(first.header("X-Hub-Signature")).isEqualTo(WebhookSignature.of(first.body(), "s3cret"));
        assertThat(first.header("X-Event-Key")).isEqualTo("pullrequest:created");
        assertThat(first.header("X-Attempt-Number")).isEqualTo("1");
        assertThat(first.header("X-Request-UUID")).isNotEmpty();
        assertThat(first.json().at("/pullrequest/title").asText()).isEqualTo("Größe ändern");
        assertThat(first.json().at("/pullrequest/source/commit/hash").asText()).hasSize(12);
        assertThat(first.json().path("repository").has("slug")).isFalse();
    }

    @Test
    void triesAServerErrorTwiceMore() {
        status = number -> 503;
        open();
        awaitOutcomes(3);
        assertThat(outcomes()).containsOnly(DeliveryRecord.Outcome.FAILED).hasSize(3);
        assertThat(received).extracting(one -> one.header("X-Attempt-Number")).containsExactly("1", "2", "3");
        assertThat(received)
                .extracting(one -> one.header("X-Request-UUID"))
                .containsOnly(received.getFirst().header("X-Request-UUID"));
    }

    @Test
    void stopsTryingOnceItIsTaken() {
        status = number -> number == 1 ? 500 : 202;
        open();
        awaitOutcomes(2);
        assertThat(outcomes()).containsExactly(DeliveryRecord.Outcome.FAILED, DeliveryRecord.Outcome.DELIVERED);
    }

    @Test
    void takesAClientErrorAsFinal() {
        status = number -> number == 1 ? 401 : 202;
        open();
        awaitOutcomes(1);
        fixture.simulator.notifyPush(fixture.repository);
        fixture.simulator.comment(open(), "next event");
        awaitOutcomes(3);
        assertThat(outcomes().getFirst()).isEqualTo(DeliveryRecord.Outcome.REFUSED);
        assertThat(received).extracting(one -> one.header("X-Attempt-Number")).containsOnly("1");
    }

    @Test
    void givesUpOnATimeout() {
        status = number -> 0;
        open();
        awaitOutcomes(1);
        assertThat(outcomes()).containsExactly(DeliveryRecord.Outcome.TIMEOUT);
    }

    @Test
    void dropsWhatIsLargerThan256KilobytesWithoutTelling() {
        fixture.simulator.openPullRequest(fixture.repository, "Long", "x".repeat(300_000), "feature/drop", "main");
        awaitOutcomes(1);
        assertThat(outcomes()).containsExactly(DeliveryRecord.Outcome.TOO_LARGE);
        assertThat(received).isEmpty();
    }

    @Test
    void tellsOfAPushAndOfThePullRequestItMoves() throws Exception {
        PullRequest before = open();
        fixture.git.checkout().setName("feature/drop").call();
        String head = fixture.commit("models/orders.sql", "select 1\n", "Again").name();
        fixture.simulator.notifyPush(fixture.repository);
        awaitOutcomes(3);
        Received push = only("repo:push");
        assertThat(push.json().at("/push/changes/0/new/target/hash").asText()).isEqualTo(head);
        assertThat(push.json().at("/push/changes/0/old/target/hash").asText()).isEqualTo(before.sourceHash());
        assertThat(push.json().at("/push/changes/0/forced").asBoolean()).isFalse();
        assertThat(push.json().at("/push/changes/0/commits").size()).isEqualTo(1);
        JsonNode updated = only("pullrequest:updated").json();
        assertThat(updated.at("/pullrequest/source/commit/hash").asText()).isEqualTo(head.substring(0, 12));
        assertThat(fixture.simulator.current(before).updated()).isAfter(before.updated());
    }

    @Test
    void staysSilentAboutPullRequestsWhoseDestinationMoves() throws Exception {
        PullRequest before = open();
        fixture.commit("models/other.sql", "select 1\n", "Move main");
        fixture.simulator.notifyPush(fixture.repository);
        awaitOutcomes(2);
        fixture.simulator.decline(before);
        awaitOutcomes(3);
        assertThat(received)
                .extracting(one -> one.header("X-Event-Key"))
                .containsExactlyInAnyOrder("pullrequest:created", "repo:push", "pullrequest:rejected");
        assertThat(fixture.simulator.current(before).destinationHash()).isNotEqualTo(before.destinationHash());
    }

    @Test
    void saysThatHistoryWasRewritten() throws Exception {
        fixture.git.checkout().setName("feature/drop").call();
        fixture.git
                .reset()
                .setMode(org.eclipse.jgit.api.ResetCommand.ResetType.HARD)
                .setRef("main")
                .call();
        fixture.commit("models/orders.sql", "select 2\n", "Rewritten");
        fixture.simulator.notifyPush(fixture.repository);
        awaitOutcomes(1);
        assertThat(only("repo:push").json().at("/push/changes/0/forced").asBoolean())
                .isTrue();
    }

    @Test
    void tellsOfMergesAndComments() throws Exception {
        PullRequest opened = open();
        fixture.simulator.comment(opened, "please look");
        fixture.simulator.merge(opened);
        awaitOutcomes(4);
        assertThat(only("pullrequest:comment_created")
                        .json()
                        .at("/comment/content/raw")
                        .asText())
                .isEqualTo("please look");
        JsonNode merged = only("pullrequest:fulfilled").json();
        assertThat(merged.at("/pullrequest/state").asText()).isEqualTo("MERGED");
        assertThat(merged.at("/pullrequest/merge_commit/hash").asText()).hasSize(12);
        assertThat(only("repo:push").json().at("/push/changes/0/new/name").asText())
                .isEqualTo("main");
    }

    private Received only(String eventKey) {
        List<Received> found = received.stream()
                .filter(one -> one.header("X-Event-Key").equals(eventKey))
                .toList();
        assertThat(found).hasSize(1);
        return found.getFirst();
    }
}
