package io.tailwater.launcher;

import io.tailwater.schemas.serde.TopicSerdes;
import io.tailwater.schemas.topic.RecordKey;
import io.tailwater.schemas.topic.Topic;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;

/**
 * Reads a topic from its beginning on a thread of its own and keeps what it saw, for those who wait for a record.
 *
 * @param <K> key
 * @param <V> value
 */
public final class TopicTail<K extends RecordKey, V extends SpecificRecord> implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration CLOSING = Duration.ofSeconds(5);

    private final KafkaConsumer<K, V> consumer;
    private final List<ConsumerRecord<K, V>> seen = new CopyOnWriteArrayList<>();
    private final Object news = new Object();
    private final Thread thread;

    private TopicTail(KafkaConsumer<K, V> consumer, String topic) {
        this.consumer = consumer;
        this.thread = Thread.ofPlatform().name("tail-" + topic).daemon().unstarted(this::run);
    }

    /**
     * Starts reading.
     *
     * @param clientProperties how to reach Kafka and the schema registry
     */
    public static <K extends RecordKey, V extends SpecificRecord> TopicTail<K, V> follow(
            Map<String, Object> clientProperties, Topic<K, V> topic) {
        Map<String, Object> properties = new TreeMap<>(clientProperties);
        properties.put("enable.auto.commit", false);
        properties.put("isolation.level", "read_committed");
        properties.put("allow.auto.create.topics", false);
        TopicSerdes serdes = TopicSerdes.of(clientProperties);
        KafkaConsumer<K, V> consumer = new KafkaConsumer<>(
                properties,
                serdes.key(topic).deserializer(),
                serdes.value(topic).deserializer());
        List<TopicPartition> partitions = consumer.partitionsFor(topic.name()).stream()
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        TopicTail<K, V> tail = new TopicTail<>(consumer, topic.name());
        tail.thread.start();
        return tail;
    }

    /** Everything read so far, in the order read. */
    public List<ConsumerRecord<K, V>> seen() {
        return List.copyOf(seen);
    }

    /** Waits for a record, one already read included; empty when the time is over. */
    public Optional<ConsumerRecord<K, V>> await(Predicate<ConsumerRecord<K, V>> wanted, Duration atMost)
            throws InterruptedException {
        long end = System.nanoTime() + atMost.toNanos();
        synchronized (news) {
            int looked = 0;
            while (true) {
                for (; looked < seen.size(); looked++) {
                    if (wanted.test(seen.get(looked))) {
                        return Optional.of(seen.get(looked));
                    }
                }
                long left = (end - System.nanoTime()) / 1_000_000;
                if (left <= 0) {
                    return Optional.empty();
                }
                news.wait(left);
            }
        }
    }

    private void run() {
        try (consumer) {
            while (true) {
                for (ConsumerRecord<K, V> record : consumer.poll(POLL)) {
                    synchronized (news) {
                        seen.add(record);
                        news.notifyAll();
                    }
                }
            }
        } catch (WakeupException e) {
            // asked to stop
        }
    }

    @Override
    public void close() {
        consumer.wakeup();
        try {
            thread.join(CLOSING);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
