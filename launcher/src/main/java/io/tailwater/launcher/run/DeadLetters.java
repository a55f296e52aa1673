package io.tailwater.launcher.run;

import io.tailwater.schemas.serde.TopicSerdes;
import io.tailwater.schemas.topic.Topic;
import io.tailwater.schemas.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
import org.jspecify.annotations.Nullable;

/** The records set aside, of all topics. */
public final class DeadLetters {

    private static final Duration POLL = Duration.ofMillis(300);
    private static final String ERRORS = "__streams.errors.";
    private static final String CAUSE = ERRORS + "message";
    private static final int LONGEST_LINE = 300;
    private static final int MOST = 100_000;

    private final Map<String, Object> clientProperties;

    /** On a cluster. */
    public DeadLetters(Map<String, Object> clientProperties) {
        this.clientProperties = new TreeMap<>(clientProperties);
    }

    /** Where a dead letter is. */
    public record Position(String topic, int partition, long offset) {

        /**
         * Reads {@code topic/partition/offset}.
         *
         * @throws IllegalArgumentException when the text has another shape
         */
        public static Position parse(String text) {
            String[] parts = text.split("/");
            if (parts.length != 3) {
                throw new IllegalArgumentException("not topic/partition/offset");
            }
            return new Position(parts[0], Integer.parseInt(parts[1]), Long.parseLong(parts[2]));
        }

        @Override
        public String toString() {
            return topic + "/" + partition + "/" + offset;
        }
    }

    /**
     * A dead letter.
     *
     * @param position where it is
     * @param source the topic it came from
     * @param at time of the record
     * @param key its key as text
     * @param cause why it was set aside, on one line
     * @param headers its headers as text
     * @param record the record itself
     */
    public record Letter(
            Position position,
            String source,
            Instant at,
            String key,
            String cause,
            Map<String, String> headers,
            ConsumerRecord<byte[], byte[]> record) {}

    /** All of them, oldest first; at most 100,000. */
    public List<Letter> all() {
        List<Letter> found = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
            Set<String> present = consumer.listTopics().keySet();
            List<TopicPartition> partitions = Topics.ALL.stream()
                    .map(Topic::deadLetters)
                    .filter(present::contains)
                    .flatMap(topic -> consumer.partitionsFor(topic).stream()
                            .map(partition -> new TopicPartition(topic, partition.partition())))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = new HashMap<>(consumer.endOffsets(partitions));
            ends.entrySet().removeIf(end -> consumer.position(end.getKey()) >= end.getValue());
            while (!ends.isEmpty() && found.size() < MOST) {
                consumer.poll(POLL).forEach(record -> found.add(letter(record)));
                ends.entrySet().removeIf(end -> consumer.position(end.getKey()) >= end.getValue());
            }
        }
        found.sort(Comparator.comparing(Letter::at));
        return found;
    }

    /** The one at a place. */
    public Optional<Letter> find(Position position) {
        boolean known = Topics.ALL.stream().map(Topic::deadLetters).anyMatch(position.topic()::equals);
        if (!known) {
            return Optional.empty();
        }
        TopicPartition partition = new TopicPartition(position.topic(), position.partition());
        try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
            consumer.assign(List.of(partition));
            Long end = consumer.endOffsets(List.of(partition)).get(partition);
            consumer.seek(partition, position.offset());
            while (end != null && position.offset() < end && consumer.position(partition) <= position.offset()) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    if (record.offset() >= position.offset()) {
                        return record.offset() == position.offset() ? Optional.of(letter(record)) : Optional.empty();
                    }
                }
            }
        }
        return Optional.empty();
    }

    /** Its value as JSON; a sentence where it cannot be read. */
    public String content(Letter letter) {
        Topic<?, ?> source = Topics.ALL.stream()
                .filter(topic -> topic.name().equals(letter.source()))
                .findFirst()
                .orElseThrow();
        byte[] value = letter.record().value();
        if (value == null) {
            return "(a tombstone)";
        }
        try (var deserializer = TopicSerdes.of(clientProperties).value(source).deserializer()) {
            return String.valueOf(deserializer.deserialize(source.name(), value));
        } catch (RuntimeException e) {
            return "(" + value.length + " bytes that cannot be read: "
                    + e.getClass().getSimpleName() + ")";
        }
    }

    /**
     * Sends it back to where it came from, marked, so that it is not taken for one seen before.
     *
     * @throws KafkaException when Kafka does not take it
     */
    public void retry(Letter letter) {
        Map<String, Object> properties = new TreeMap<>(clientProperties);
        properties.put("acks", "all");
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
            ProducerRecord<byte[], byte[]> again = new ProducerRecord<>(
                    letter.source(), letter.record().key(), letter.record().value());
            for (Header header : letter.record().headers()) {
                if (!header.key().startsWith(ERRORS)) {
                    again.headers().add(header);
                }
            }
            again.headers()
                    .add(Topics.RETRY_HEADER, letter.position().toString().getBytes(StandardCharsets.UTF_8));
            producer.send(again).get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted while sending a dead letter again", e);
        } catch (ExecutionException e) {
            throw new KafkaException("sending a dead letter again", e.getCause());
        }
    }

    private static Letter letter(ConsumerRecord<byte[], byte[]> record) {
        Map<String, String> headers = new TreeMap<>();
        record.headers().forEach(header -> headers.put(header.key(), printable(header.value())));
        return new Letter(
                new Position(record.topic(), record.partition(), record.offset()),
                record.topic().replace("-dead-letters", ""),
                Instant.ofEpochMilli(record.timestamp()),
                printable(record.key()),
                headers.getOrDefault(CAUSE, "not told"),
                headers,
                record);
    }

    /** Text from outside, safe for a terminal. */
    private static String printable(byte @Nullable [] bytes) {
        String text = bytes == null ? "" : new String(bytes, StandardCharsets.UTF_8).replaceAll("\\p{Cntrl}+", " ");
        return text.length() > LONGEST_LINE ? text.substring(0, LONGEST_LINE) + "…" : text;
    }

    private KafkaConsumer<byte[], byte[]> consumer() {
        Map<String, Object> properties = new TreeMap<>(clientProperties);
        properties.put("enable.auto.commit", false);
        properties.put("allow.auto.create.topics", false);
        properties.put("isolation.level", "read_committed");
        properties.remove("group.id");
        return new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }
}
