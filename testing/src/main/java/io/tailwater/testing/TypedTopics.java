package io.tailwater.testing;

import io.tailwater.schemas.serde.TopicSerdes;
import io.tailwater.schemas.topic.RecordKey;
import io.tailwater.schemas.topic.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Typed records in and out of a cluster's topics; every wait ends. */
public final class TypedTopics {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final KafkaCluster cluster;
    private final TopicSerdes serdes;

    /** Works on the cluster; contacts nothing yet. */
    public TypedTopics(KafkaCluster cluster) {
        this.cluster = cluster;
        this.serdes = TopicSerdes.of(cluster.clientProperties());
    }

    /**
     * Writes one record and returns where it stands.
     *
     * @param value null for a tombstone
     */
    public <K extends RecordKey, V extends SpecificRecord> RecordMetadata send(
            Topic<K, V> topic, K key, @Nullable V value) {
        Map<String, Object> properties = Map.of("bootstrap.servers", cluster.bootstrapServers(), "acks", "all");
        try (var producer = new KafkaProducer<>(
                properties, serdes.key(topic).serializer(), serdes.value(topic).serializer())) {
            return producer.send(new ProducerRecord<>(topic.name(), key, value))
                    .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while writing to " + topic.name(), e);
        } catch (ExecutionException | TimeoutException e) {
            throw new AssertionError("writing to " + topic.name() + ": " + e, e);
        }
    }

    /** Every committed record of the topic up to its end at the time of the call, in order per partition. */
    public <K extends RecordKey, V extends SpecificRecord> List<ConsumerRecord<K, V>> readAll(Topic<K, V> topic) {
        List<ConsumerRecord<K, V>> found = new ArrayList<>();
        try (KafkaConsumer<K, V> consumer = consumer(topic)) {
            Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment(), PATIENCE);
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                if (System.nanoTime() > deadline) {
                    throw new AssertionError("topic " + topic.name() + " could not be read to its end in " + PATIENCE);
                }
                consumer.poll(Duration.ofMillis(100)).forEach(found::add);
            }
        }
        return found;
    }

    /**
     * Reads the topic from its start until the records so far satisfy the condition, and returns them.
     *
     * @throws AssertionError when they do not in time; it lists the keys that were found
     */
    public <K extends RecordKey, V extends SpecificRecord> List<ConsumerRecord<K, V>> await(
            Topic<K, V> topic, Duration patience, Predicate<List<ConsumerRecord<K, V>>> condition) {
        List<ConsumerRecord<K, V>> found = new ArrayList<>();
        long deadline = System.nanoTime() + patience.toNanos();
        try (KafkaConsumer<K, V> consumer = consumer(topic)) {
            while (!condition.test(found)) {
                if (System.nanoTime() > deadline) {
                    throw new AssertionError("waited " + patience + " for records of " + topic.name() + "; found "
                            + found.size() + ": "
                            + found.stream()
                                    .map(record -> String.valueOf(record.key()))
                                    .toList());
                }
                consumer.poll(Duration.ofMillis(100)).forEach(found::add);
            }
        }
        return found;
    }

    private <K extends RecordKey, V extends SpecificRecord> KafkaConsumer<K, V> consumer(Topic<K, V> topic) {
        Map<String, Object> properties = Map.of(
                "bootstrap.servers",
                cluster.bootstrapServers(),
                "isolation.level",
                "read_committed",
                "enable.auto.commit",
                false);
        KafkaConsumer<K, V> consumer = new KafkaConsumer<>(
                properties,
                serdes.key(topic).deserializer(),
                serdes.value(topic).deserializer());
        List<TopicPartition> partitions = consumer.partitionsFor(topic.name(), PATIENCE).stream()
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        return consumer;
    }
}
