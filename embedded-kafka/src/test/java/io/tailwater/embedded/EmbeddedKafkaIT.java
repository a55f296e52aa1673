package io.tailwater.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedKafkaIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final TopicPartition LETTERS = new TopicPartition("letters", 0);

    @TempDir
    private Path folder;

    @Test
    void keepsTopicsOffsetsAndSchemasAcrossRestarts() throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(folder)) {
            createTopic(kafka);
            produceInTransaction(kafka, "a", "b", "c");
            commit(kafka, 2);
            assertThat(post(kafka, "/subjects/letters-value/versions", "{\"schema\":\"\\\"string\\\"\"}"))
                    .isEqualTo("{\"id\":1}");
        }

        try (EmbeddedKafka kafka = EmbeddedKafka.start(folder)) {
            assertThat(committed(kafka)).isEqualTo(2);
            assertThat(readFromCommitted(kafka)).containsExactly("c");
            produceInTransaction(kafka, "d");
            assertThat(readFromCommitted(kafka)).containsExactly("c", "d");
            assertThat(get(kafka, "/schemas/ids/1")).isEqualTo("{\"schema\":\"\\\"string\\\"\"}");
            assertThat(post(kafka, "/subjects/other-value/versions", "{\"schema\":\"\\\"long\\\"\"}"))
                    .isEqualTo("{\"id\":2}");
        }
    }

    @Test
    void refusesAFolderThatIsInUse() {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(folder)) {
            assertThat(kafka.bootstrapServers()).startsWith("127.0.0.1:");
            assertThatThrownBy(() -> EmbeddedKafka.start(folder))
                    .isInstanceOf(EmbeddedKafkaException.class)
                    .hasMessageContaining("uses the data folder " + folder);
        }
    }

    @Test
    void refusesAPortThatIsTakenAndLeavesTheFolderFree() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = taken.getLocalPort();
            assertThatThrownBy(() -> EmbeddedKafka.start(folder, new EmbeddedKafka.Options(0, port)))
                    .isInstanceOf(EmbeddedKafkaException.class)
                    .hasMessageContaining("port " + port);
            assertThatThrownBy(() -> EmbeddedKafka.start(folder, new EmbeddedKafka.Options(port, 0)))
                    .isInstanceOf(EmbeddedKafkaException.class)
                    .hasMessageContaining("port " + port);
        }
        int free = freePort();
        try (EmbeddedKafka kafka = EmbeddedKafka.start(folder, new EmbeddedKafka.Options(free, 0))) {
            assertThat(kafka.bootstrapServers()).isEqualTo("127.0.0.1:" + free);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket found = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return found.getLocalPort();
        }
    }

    private static void createTopic(EmbeddedKafka kafka) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            admin.createTopics(List.of(new NewTopic(LETTERS.topic(), 1, (short) 1)))
                    .all()
                    .get();
        }
    }

    private static void produceInTransaction(EmbeddedKafka kafka, String... values) {
        Map<String, Object> properties =
                Map.of("bootstrap.servers", kafka.bootstrapServers(), "transactional.id", "letters");
        try (var producer = new KafkaProducer<>(properties, new StringSerializer(), new StringSerializer())) {
            producer.initTransactions();
            producer.beginTransaction();
            for (String value : values) {
                producer.send(new ProducerRecord<>(LETTERS.topic(), value));
            }
            producer.commitTransaction();
        }
    }

    private static void commit(EmbeddedKafka kafka, long offset) {
        try (var consumer = consumer(kafka)) {
            consumer.commitSync(Map.of(LETTERS, new OffsetAndMetadata(offset)), PATIENCE);
        }
    }

    private static long committed(EmbeddedKafka kafka) {
        try (var consumer = consumer(kafka)) {
            return consumer.committed(Set.of(LETTERS), PATIENCE)
                    .getOrDefault(LETTERS, new OffsetAndMetadata(0))
                    .offset();
        }
    }

    private static List<String> readFromCommitted(EmbeddedKafka kafka) {
        List<String> values = new ArrayList<>();
        try (var consumer = consumer(kafka)) {
            consumer.assign(List.of(LETTERS));
            long end = consumer.endOffsets(List.of(LETTERS), PATIENCE).getOrDefault(LETTERS, 0L);
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            while (consumer.position(LETTERS) < end && System.nanoTime() < deadline) {
                consumer.poll(Duration.ofMillis(100)).forEach(record -> values.add(record.value()));
            }
        }
        return values;
    }

    private static KafkaConsumer<String, String> consumer(EmbeddedKafka kafka) {
        return new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        kafka.bootstrapServers(),
                        "group.id",
                        "readers",
                        "enable.auto.commit",
                        false,
                        "isolation.level",
                        "read_committed"),
                new StringDeserializer(),
                new StringDeserializer());
    }

    private static String post(EmbeddedKafka kafka, String path, String body) throws Exception {
        return send(HttpRequest.newBuilder(URI.create(kafka.schemaRegistryUrl() + path))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    private static String get(EmbeddedKafka kafka, String path) throws Exception {
        return send(HttpRequest.newBuilder(URI.create(kafka.schemaRegistryUrl() + path))
                .build());
    }

    private static String send(HttpRequest request) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
        }
    }
}
