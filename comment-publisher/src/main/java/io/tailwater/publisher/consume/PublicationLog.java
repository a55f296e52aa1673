package io.tailwater.publisher.consume;

import io.tailwater.schemas.report.Publication;
import io.tailwater.schemas.serde.TopicSerdes;
import io.tailwater.schemas.topic.PullRequestKey;
import io.tailwater.schemas.topic.Topics;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serde;

/**
 * The record of what was published, and the place for reports that could not be. Publications stand in the partition of
 * the same number as the reports they come from. Safe for use by many threads.
 */
final class PublicationLog implements AutoCloseable {

    private static final String TOPIC = Topics.PUBLICATIONS.name();
    private static final Duration RESTORING = Duration.ofMinutes(5);
    private static final Duration CLOSING = Duration.ofSeconds(5);

    private final Map<String, Object> clientProperties;
    private final Serde<PullRequestKey> keys;
    private final Serde<Publication> values;
    private final Producer<byte[], byte[]> producer;
    private final Duration acknowledgement;

    PublicationLog(Map<String, Object> clientProperties, TopicSerdes serdes, Duration acknowledgement) {
        this.clientProperties = Map.copyOf(clientProperties);
        this.keys = serdes.key(Topics.PUBLICATIONS);
        this.values = serdes.value(Topics.PUBLICATIONS);
        this.acknowledgement = acknowledgement;
        Map<String, Object> properties = new TreeMap<>(clientProperties);
        properties.put("acks", "all");
        properties.put("enable.idempotence", true);
        properties.put("client.id", "publisher-records");
        properties.put("delivery.timeout.ms", (int) acknowledgement.toMillis());
        properties.put("request.timeout.ms", (int) acknowledgement.toMillis() / 2);
        properties.put("linger.ms", 0);
        properties.put("max.block.ms", acknowledgement.toMillis());
        this.producer = new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /**
     * The newest publication of each pull request of a partition.
     *
     * @param reportPartitions how many partitions the reports have
     * @throws KafkaException when it cannot be read now
     * @throws IllegalStateException when the publications have another number of partitions
     */
    Map<PullRequestKey, Publication> restore(int partition, int reportPartitions) {
        Map<String, Object> properties = new TreeMap<>(clientProperties);
        properties.remove("group.id");
        properties.put("enable.auto.commit", false);
        properties.put("allow.auto.create.topics", false);
        properties.put("client.id", "publisher-restore-" + partition);
        try (KafkaConsumer<PullRequestKey, byte[]> consumer =
                new KafkaConsumer<>(properties, keys.deserializer(), new ByteArrayDeserializer())) {
            int partitions = consumer.partitionsFor(TOPIC).size();
            if (partitions != reportPartitions) {
                throw new IllegalStateException(TOPIC + " has " + partitions + " partitions, "
                        + Topics.IMPACT_REPORTS.name() + " has " + reportPartitions + "; they must be equal");
            }
            return readToEnd(consumer, new TopicPartition(TOPIC, partition));
        }
    }

    private Map<PullRequestKey, Publication> readToEnd(
            KafkaConsumer<PullRequestKey, byte[]> consumer, TopicPartition partition) {
        consumer.assign(List.of(partition));
        consumer.seekToBeginning(List.of(partition));
        long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
        long deadline = System.nanoTime() + RESTORING.toNanos();
        Map<PullRequestKey, byte[]> newest = new HashMap<>();
        while (consumer.position(partition) < end) {
            if (System.nanoTime() > deadline) {
                throw new KafkaException("reading " + partition + " to its end took longer than " + RESTORING);
            }
            for (ConsumerRecord<PullRequestKey, byte[]> record : consumer.poll(Duration.ofMillis(200))) {
                if (record.value() == null) {
                    newest.remove(record.key());
                } else {
                    newest.put(record.key(), record.value());
                }
            }
        }
        Map<PullRequestKey, Publication> publications = new ConcurrentHashMap<>();
        newest.forEach(
                (key, value) -> publications.put(key, values.deserializer().deserialize(TOPIC, value)));
        return publications;
    }

    /**
     * Records a publication and returns once all in-sync replicas have it.
     *
     * @throws KafkaException when they do not in time
     */
    void write(int partition, PullRequestKey key, Publication publication) {
        send(new ProducerRecord<>(
                TOPIC,
                partition,
                keys.serializer().serialize(TOPIC, key),
                values.serializer().serialize(TOPIC, publication)));
    }

    /**
     * Sets a record aside with its cause and returns once all in-sync replicas have it.
     *
     * @throws KafkaException when they do not in time
     */
    void setAside(ConsumerRecord<byte[], byte[]> record, Throwable cause) {
        send(DeadLetter.of(record, cause));
    }

    private void send(ProducerRecord<byte[], byte[]> record) {
        try {
            producer.send(record).get(acknowledgement.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted while writing to " + record.topic(), e);
        } catch (ExecutionException | TimeoutException e) {
            throw new KafkaException("writing to " + record.topic(), e);
        }
    }

    @Override
    public void close() {
        producer.close(CLOSING);
        values.close();
    }
}
