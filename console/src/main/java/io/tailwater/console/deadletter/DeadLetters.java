package io.tailwater.console.deadletter;

import io.tailwater.schemas.topic.Topic;
import io.tailwater.schemas.topic.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Takes records that were set aside up again: writes them to their topic once more, byte for byte. */
public final class DeadLetters {

    private static final String OF_THE_ERROR = "__streams.errors.";
    private static final Duration READING = Duration.ofSeconds(10);
    private static final int TIMEOUT_MILLISECONDS = 5_000;
    private static final int DELIVERY_TIMEOUT_MILLISECONDS = 10_000;

    private final Map<String, Object> clientProperties;

    /**
     * Dead letters of a cluster.
     *
     * @param clientProperties properties of Kafka's clients
     */
    public DeadLetters(Map<String, Object> clientProperties) {
        this.clientProperties = new TreeMap<>(clientProperties);
    }

    /** The topic whose dead letters a topic holds; empty when it holds none of ours. */
    public static Optional<String> sourceOf(String deadLetterTopic) {
        return Topics.ALL.stream()
                .filter(topic -> topic.deadLetters().equals(deadLetterTopic))
                .map(Topic::name)
                .findFirst();
    }

    /**
     * Writes a dead letter to the topic it came from. Doing so twice is harmless: every reader of our topics bears duplicates.
     *
     * @return whether it was found; false when the topic no longer keeps it
     * @throws IllegalArgumentException when the topic holds no dead letters of ours
     * @throws KafkaException when Kafka does not give or take it; calling again is safe
     */
    public boolean retry(String topic, int partition, long offset) throws InterruptedException {
        String source = sourceOf(topic)
                .orElseThrow(() -> new IllegalArgumentException("not a topic of dead letters: " + topic));
        Optional<ConsumerRecord<byte[], byte[]>> letter = read(new TopicPartition(topic, partition), offset);
        if (letter.isEmpty()) {
            return false;
        }
        write(source, letter.get());
        return true;
    }

    private Optional<ConsumerRecord<byte[], byte[]>> read(TopicPartition partition, long offset) {
        Map<String, Object> properties = new TreeMap<>(clientProperties);
        properties.put("enable.auto.commit", false);
        properties.put("allow.auto.create.topics", false);
        properties.put("isolation.level", "read_committed");
        properties.put("auto.offset.reset", "earliest");
        properties.put("client.id", "dead-letters");
        properties.remove("group.id");
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> one = List.of(partition);
            consumer.assign(one);
            long begin = consumer.beginningOffsets(one, READING).getOrDefault(partition, 0L);
            long end = consumer.endOffsets(one, READING).getOrDefault(partition, 0L);
            if (offset < begin || offset >= end) {
                return Optional.empty();
            }
            consumer.seek(partition, offset);
            long until = System.nanoTime() + READING.toNanos();
            while (System.nanoTime() < until && consumer.position(partition) <= offset) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(500))) {
                    if (record.offset() == offset) {
                        return Optional.of(record);
                    }
                }
            }
            if (consumer.position(partition) <= offset) {
                throw new KafkaException("reading " + partition + " at " + offset + " took too long");
            }
            return Optional.empty();
        }
    }

    private void write(String source, ConsumerRecord<byte[], byte[]> letter) throws InterruptedException {
        Map<String, Object> properties = new TreeMap<>(clientProperties);
        properties.put("acks", "all");
        properties.put("enable.idempotence", true);
        properties.put("client.id", "dead-letters");
        properties.put("max.block.ms", TIMEOUT_MILLISECONDS);
        properties.put("request.timeout.ms", TIMEOUT_MILLISECONDS);
        properties.put("delivery.timeout.ms", DELIVERY_TIMEOUT_MILLISECONDS);
        ProducerRecord<byte[], byte[]> again =
                new ProducerRecord<>(source, null, letter.timestamp(), letter.key(), letter.value());
        for (Header header : letter.headers()) {
            if (!header.key().startsWith(OF_THE_ERROR)) {
                again.headers().add(header);
            }
        }
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(again).get();
        } catch (ExecutionException e) {
            throw new KafkaException("writing a dead letter to " + source, e.getCause());
        }
    }
}
