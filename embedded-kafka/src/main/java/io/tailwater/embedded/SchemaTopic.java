package io.tailwater.embedded;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The compacted topic in which Confluent's registry keeps its schemas, read and written in its record format, so that a
 * real registry pointed at the same cluster goes on where this one stopped. One writer at a time.
 */
final class SchemaTopic implements AutoCloseable {

    static final String NAME = "_schemas";
    private static final Logger LOG = LoggerFactory.getLogger(SchemaTopic.class);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final TopicPartition PARTITION = new TopicPartition(NAME, 0);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final KafkaProducer<String, String> producer;

    private SchemaTopic(KafkaProducer<String, String> producer) {
        this.producer = producer;
    }

    /**
     * Creates the topic when it is missing and hands every record in it to the reader, in order.
     *
     * @param reader takes key and value; the value is null for a tombstone
     */
    static SchemaTopic open(String bootstrapServers, BiConsumer<JsonNode, @Nullable JsonNode> reader) {
        create(bootstrapServers);
        readAll(bootstrapServers, reader);
        return new SchemaTopic(new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers, "acks", "all", "client.id", "embedded-schema-registry"),
                new StringSerializer(),
                new StringSerializer()));
    }

    private static void create(String bootstrapServers) {
        NewTopic topic = new NewTopic(NAME, 1, (short) 1).configs(Map.of("cleanup.policy", "compact"));
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            await("creating topic " + NAME, admin.createTopics(List.of(topic)).all()::get);
        } catch (EmbeddedKafkaException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw e;
            }
        }
    }

    private static void readAll(String bootstrapServers, BiConsumer<JsonNode, @Nullable JsonNode> reader) {
        Map<String, Object> properties =
                Map.of("bootstrap.servers", bootstrapServers, "isolation.level", "read_committed");
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        try (var consumer = new KafkaConsumer<>(properties, new StringDeserializer(), new StringDeserializer())) {
            consumer.assign(List.of(PARTITION));
            consumer.seekToBeginning(List.of(PARTITION));
            long end = consumer.endOffsets(List.of(PARTITION), PATIENCE).getOrDefault(PARTITION, 0L);
            while (consumer.position(PARTITION) < end) {
                if (System.nanoTime() > deadline) {
                    throw new EmbeddedKafkaException(
                            "reading topic " + NAME + ": not at its end within " + PATIENCE, null);
                }
                consumer.poll(Duration.ofMillis(100)).forEach(record -> read(record, reader));
            }
        }
    }

    private static void read(ConsumerRecord<String, String> record, BiConsumer<JsonNode, @Nullable JsonNode> reader) {
        try {
            String value = record.value();
            reader.accept(
                    JSON.readTree(record.key() == null ? "{}" : record.key()),
                    value == null || value.isEmpty() ? null : JSON.readTree(value));
        } catch (JsonProcessingException e) {
            LOG.warn("leaving alone the record at offset {} of {}: not JSON", record.offset(), NAME);
        }
    }

    /** Writes one record and returns once the broker has it. */
    void write(JsonNode key, JsonNode value) {
        await(
                "writing to topic " + NAME,
                producer.send(new ProducerRecord<>(NAME, key.toString(), value.toString()))::get);
    }

    private interface Pending {
        Object get(long timeout, TimeUnit unit) throws InterruptedException, ExecutionException, TimeoutException;
    }

    private static void await(String doing, Pending pending) {
        try {
            pending.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new EmbeddedKafkaException(doing + ": " + e.getCause(), e.getCause());
        } catch (TimeoutException e) {
            throw new EmbeddedKafkaException(doing + ": no answer within " + PATIENCE, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EmbeddedKafkaException(doing + ": interrupted", e);
        }
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(5));
    }
}
