package io.tailwater.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.tailwater.embedded.EmbeddedKafka;
import io.tailwater.ingest.webhook.Answer;
import io.tailwater.ingest.webhook.Samples;
import io.tailwater.ingest.webhook.Samples.Sample;
import io.tailwater.schemas.event.WebhookDelivery;
import io.tailwater.schemas.topic.RepositoryKey;
import io.tailwater.schemas.topic.Topics;
import io.tailwater.testing.KafkaCluster;
import io.tailwater.testing.KafkaExtension;
import io.tailwater.testing.TypedTopics;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

@ExtendWith(KafkaExtension.class)
@Timeout(180)
class GatewayServiceIT {

    private static final String REPOSITORY_UUID = "{94189367-116b-436a-9f77-2314b97a6067}";

    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    @TempDir
    Path folder;

    @BeforeEach
    void captureLogs() {
        log.start();
        logger().addAppender(log);
    }

    @AfterEach
    void showsNoSecretInAnyLogLine() {
        logger().detachAppender(log);
        List<ILoggingEvent> events = List.copyOf(log.list);
        assertThat(events).isNotEmpty();
        assertThat(events)
                .allSatisfy(event -> assertThat(event.getFormattedMessage()
                                + event.getKeyValuePairs()
                                + (event.getThrowableProxy() == null
                                        ? ""
                                        : event.getThrowableProxy().getMessage()))
                        .doesNotContain(Samples.SECRET, Samples.TOKEN));
    }

    @Test
    void storesEveryRecordedDeliveryInKafka(KafkaCluster cluster) throws Exception {
        RunningGateway.createTopics(cluster.bootstrapServers());
        TypedTopics topics = new TypedTopics(cluster);
        int before = topics.readAll(Topics.BITBUCKET_WEBHOOKS).size();

        try (RunningGateway gateway = start(cluster).awaitReady()) {
            for (Sample sample : Samples.RECORDED) {
                HttpResponse<String> answer = gateway.deliver(sample.eventKey(), "recorded", sample.body());
                assertThat(answer.body()).isEqualTo(Answer.STORED.json());
                assertThat(answer.statusCode()).isEqualTo(202);
            }
            assertThat(gateway.admin("/metrics").body())
                    .contains(
                            "tailwater_webhook_answers_seconds_count{answer=\"stored\",service=\"gateway\",status=\"202\"} 6")
                    .contains("kafka_producer_record_send_total");
        }

        List<ConsumerRecord<RepositoryKey, WebhookDelivery>> stored = topics.readAll(Topics.BITBUCKET_WEBHOOKS);
        List<ConsumerRecord<RepositoryKey, WebhookDelivery>> ours = stored.stream()
                .filter(record -> record.value().getRequestId().equals("recorded"))
                .toList();
        assertThat(stored).hasSize(before + Samples.RECORDED.size());
        assertThat(ours.stream().map(record -> record.value().getBody()))
                .containsExactlyElementsOf(Samples.RECORDED.stream()
                        .map(sample -> ByteBuffer.wrap(sample.body()))
                        .toList());
        assertThat(ours).allSatisfy(record -> {
            assertThat(record.key()).isEqualTo(new RepositoryKey(Samples.WORKSPACE_UUID, REPOSITORY_UUID));
            assertThat(record.value().getHookId()).isEqualTo("{7d0e0000-0000-0000-0000-000000000003}");
            assertThat(record.value().getHeaders()).doesNotContainKeys("x-hub-signature", "authorization");
            assertThat(record.value().toString()).doesNotContain(Samples.TOKEN, Samples.SECRET);
        });
    }

    @Test
    void answersNothingFinalWhileItStarts(KafkaCluster cluster) throws Exception {
        RunningGateway.createTopics(cluster.bootstrapServers());
        Set<Integer> early = new HashSet<>();

        try (RunningGateway gateway = start(cluster)) {
            int status = gateway.deliver("repo:push", "eager", bytes(Samples.payload()))
                    .statusCode();
            while (status != 202) {
                early.add(status);
                assertThat(early).containsExactly(503);
                status = gateway.deliver("repo:push", "eager", bytes(Samples.payload()))
                        .statusCode();
            }
        }
    }

    @Test
    void storesEveryDeliveryOfACrowdOnce(KafkaCluster cluster) throws Exception {
        RunningGateway.createTopics(cluster.bootstrapServers());
        Set<String> sent = new HashSet<>();

        try (RunningGateway gateway = start(cluster).awaitReady()) {
            List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
            for (int number = 0; number < 100; number++) {
                String id = "crowd-" + number;
                sent.add(id);
                answers.add(gateway.deliverAsync("pullrequest:updated", id, bytes(Samples.payload())));
            }
            for (CompletableFuture<HttpResponse<String>> answer : answers) {
                assertThat(answer.get(60, TimeUnit.SECONDS).statusCode()).isEqualTo(202);
            }
        }

        List<String> stored = new TypedTopics(cluster)
                .readAll(Topics.BITBUCKET_WEBHOOKS).stream()
                        .map(record -> record.value().getRequestId())
                        .filter(id -> id.startsWith("crowd-"))
                        .toList();
        assertThat(stored).containsExactlyInAnyOrderElementsOf(sent);
    }

    @Test
    void survivesTenMegabytesAndStoresOne(KafkaCluster cluster) throws Exception {
        RunningGateway.createTopics(cluster.bootstrapServers());

        try (RunningGateway gateway = start(cluster).awaitReady()) {
            HttpResponse<String> tooLarge = gateway.deliver("repo:push", "ten", padded(10 << 20));
            HttpResponse<String> largest = gateway.deliver("repo:push", "one", padded(1 << 20));

            assertThat(tooLarge.statusCode()).isEqualTo(413);
            assertThat(tooLarge.body()).isEqualTo(Answer.BODY_TOO_LARGE.json());
            assertThat(largest.statusCode()).isEqualTo(202);
        }
    }

    @Test
    void publishesItsConnectionsSealedAndOnlyOnce(KafkaCluster cluster) throws Exception {
        RunningGateway.createTopics(cluster.bootstrapServers());
        TypedTopics topics = new TypedTopics(cluster);

        start(cluster).awaitReady().close();
        int afterFirst = topics.readAll(Topics.CONNECTIONS).size();
        start(cluster).awaitReady().close();

        assertThat(topics.readAll(Topics.CONNECTIONS)).hasSize(afterFirst);
        assertThat(topics.readAll(Topics.CONNECTIONS)).isNotEmpty().allSatisfy(record -> {
            String sealed = StandardCharsets.ISO_8859_1
                            .decode(record.value().getSealedToken().duplicate())
                            .toString()
                    + StandardCharsets.ISO_8859_1.decode(
                            record.value().getSealedWebhookSecret().duplicate());
            assertThat(sealed + record.value()).doesNotContain(Samples.TOKEN, Samples.SECRET);
        });
    }

    @Test
    void goesOnServingWithALostKeyAndNamesTheConnection(KafkaCluster cluster) throws Exception {
        RunningGateway.createTopics(cluster.bootstrapServers());
        start(cluster).awaitReady().close();

        Files.delete(folder.resolve("sealing-key.json"));
        try (RunningGateway gateway = start(cluster).awaitReady()) {
            // The file is at hand, so the connection is sealed again with the new key.
            assertThat(gateway.deliver("repo:push", "again", bytes(Samples.payload()))
                            .statusCode())
                    .isEqualTo(202);
        }
        assertThat(log.list.stream().map(event -> String.valueOf(event.getKeyValuePairs())))
                .anyMatch(pairs -> pairs.contains("connection acme was not sealed with the configured sealing key"));
    }

    @Test
    void answers503WhileKafkaIsAwayAndRecovers() throws Exception {
        EmbeddedKafka.Options ports = new EmbeddedKafka.Options(freePort(), freePort());
        Path data = folder.resolve("kafka");
        EmbeddedKafka kafka = EmbeddedKafka.start(data, ports);
        RunningGateway.createTopics(kafka.bootstrapServers());
        Set<String> acknowledged = new HashSet<>();
        RunningGateway gateway = RunningGateway.start(folder, kafka.bootstrapServers(), kafka.schemaRegistryUrl());
        try {
            gateway.awaitReady();
            deliver(gateway, "before", acknowledged);

            kafka.close();
            HttpResponse<String> refused = gateway.deliver("repo:push", "during", bytes(Samples.payload()));
            gateway.awaitNotReady();

            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(refused.body()).isEqualTo(Answer.KAFKA_UNAVAILABLE.json());
            assertThat(refused.headers().firstValue("Retry-After")).isPresent();
            assertThat(gateway.admin("/health/ready").statusCode()).isEqualTo(503);
            assertThat(gateway.admin("/health/live").statusCode()).isEqualTo(200);

            kafka = EmbeddedKafka.start(data, ports);
            gateway.awaitReady();
            deliver(gateway, "after", acknowledged);

            assertThat(storedIn(kafka)).containsAll(acknowledged);
            assertThat(acknowledged).containsExactlyInAnyOrder("before", "after");
        } finally {
            gateway.close();
            kafka.close();
        }
    }

    @Test
    void startsBeforeKafkaDoes() throws Exception {
        EmbeddedKafka.Options ports = new EmbeddedKafka.Options(freePort(), freePort());
        String bootstrapServers = "127.0.0.1:" + ports.brokerPort();
        String registry = "http://127.0.0.1:" + ports.schemaRegistryPort();

        try (RunningGateway gateway = RunningGateway.start(folder, bootstrapServers, registry)) {
            HttpResponse<String> early = gateway.deliver("repo:push", "early", bytes(Samples.payload()));
            assertThat(early.statusCode()).isEqualTo(503);
            assertThat(early.body()).isEqualTo(Answer.STARTING.json());

            try (EmbeddedKafka kafka = EmbeddedKafka.start(folder.resolve("kafka"), ports)) {
                RunningGateway.createTopics(kafka.bootstrapServers());
                gateway.awaitReady();
                assertThat(gateway.deliver("repo:push", "late", bytes(Samples.payload()))
                                .statusCode())
                        .isEqualTo(202);
                gateway.close();
            }
        }
    }

    @Test
    void namesThePortThatIsTakenAndLeavesNothingRunning(KafkaCluster cluster) throws Exception {
        RunningGateway.createTopics(cluster.bootstrapServers());
        try (ServerSocket taken = new ServerSocket(0)) {
            String bootstrap = cluster.bootstrapServers();
            assertThatThrownBy(() -> RunningGateway.startOnPort(
                            folder, bootstrap, cluster.schemaRegistryUrl(), taken.getLocalPort()))
                    .hasMessageContaining("webhook listener")
                    .hasMessageContaining(String.valueOf(taken.getLocalPort()));
        }
        Set<String> threads = Thread.getAllStackTraces().keySet().stream()
                .filter(Thread::isAlive)
                .map(Thread::getName)
                .collect(Collectors.toSet());
        assertThat(threads).doesNotContain("connection-store", "kafka-probe");
        logger().info("checked");
    }

    private RunningGateway start(KafkaCluster cluster) throws IOException {
        return RunningGateway.start(folder, cluster.bootstrapServers(), cluster.schemaRegistryUrl());
    }

    private static void deliver(RunningGateway gateway, String id, Set<String> acknowledged)
            throws IOException, InterruptedException {
        HttpResponse<String> answer = gateway.deliver("repo:push", id, bytes(Samples.payload()));
        assertThat(answer.body()).isEqualTo(Answer.STORED.json());
        acknowledged.add(id);
    }

    private static Set<String> storedIn(EmbeddedKafka kafka) {
        KafkaCluster cluster = new KafkaCluster() {
            @Override
            public String bootstrapServers() {
                return kafka.bootstrapServers();
            }

            @Override
            public String schemaRegistryUrl() {
                return kafka.schemaRegistryUrl();
            }

            @Override
            public String description() {
                return "a broker of this test's own";
            }
        };
        return new TypedTopics(cluster)
                .readAll(Topics.BITBUCKET_WEBHOOKS).stream()
                        .map(record -> record.value().getRequestId())
                        .collect(Collectors.toSet());
    }

    private static byte[] padded(int size) {
        String payload = Samples.payload().strip();
        return bytes(payload + " ".repeat(size - payload.length()));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static Logger logger() {
        Logger logger = (Logger) LoggerFactory.getLogger("io.tailwater");
        logger.setLevel(Level.DEBUG);
        return logger;
    }
}
