package io.tailwater.connector;

import io.tailwater.schemas.topic.ConnectionId;
import io.tailwater.schemas.topic.Topics;
import io.tailwater.service.LogKeys;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.utils.Utils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which connections this process looks after. Gateways form a consumer group over the topic of connections: whoever has a
 * connection's partition looks after it, and when a gateway goes its partitions go to others. Records are not read here.
 */
final class Ownership implements AutoCloseable {

    private static final Logger LOGGER = LoggerFactory.getLogger(Ownership.class);
    private static final String TOPIC = Topics.CONNECTIONS.name();
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration CLOSING = Duration.ofSeconds(10);

    private final Map<String, Object> properties;
    private final Set<Integer> owned = ConcurrentHashMap.newKeySet();
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Thread thread =
            Thread.ofPlatform().name("connector-ownership").daemon().unstarted(this::run);
    private volatile int partitions;

    private Ownership(Map<String, Object> clientProperties, String group) {
        this.properties = new TreeMap<>(clientProperties);
        properties.put("group.id", group);
        properties.put("client.id", "connector-ownership");
        properties.put("enable.auto.commit", false);
        properties.put("auto.offset.reset", "latest");
        properties.put("allow.auto.create.topics", false);
    }

    /** A member of the group. */
    static Ownership join(Map<String, Object> clientProperties, String group) {
        Ownership ownership = new Ownership(clientProperties, group);
        ownership.thread.start();
        return ownership;
    }

    /** Whether this process looks after the connection now. */
    boolean owns(ConnectionId id) {
        int count = partitions;
        return count > 0 && owned.contains(partition(id, count));
    }

    /** The partition Kafka's producer puts the connection's record in. */
    private static int partition(ConnectionId id, int count) {
        return Utils.toPositive(Utils.murmur2(id.text().getBytes(StandardCharsets.UTF_8))) % count;
    }

    @Override
    public void close() {
        stopping.countDown();
        try {
            thread.join(CLOSING);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        while (stopping.getCount() > 0) {
            try (KafkaConsumer<byte[], byte[]> consumer =
                    new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
                consumer.subscribe(List.of(TOPIC), new Changes(consumer));
                while (stopping.getCount() > 0) {
                    consumer.poll(POLL);
                }
            } catch (WakeupException | InterruptException e) {
                return;
            } catch (RuntimeException e) {
                LOGGER.atWarn()
                        .addKeyValue(LogKeys.REASON, e.toString())
                        .log("agreeing who looks after which connection was interrupted and is tried again");
                pause();
            } finally {
                owned.clear();
            }
        }
    }

    private void pause() {
        try {
            stopping.await(1, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private final class Changes implements ConsumerRebalanceListener {

        private final KafkaConsumer<byte[], byte[]> consumer;

        Changes(KafkaConsumer<byte[], byte[]> consumer) {
            this.consumer = consumer;
        }

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> assigned) {
            partitions = consumer.partitionsFor(TOPIC).size();
            assigned.forEach(partition -> owned.add(partition.partition()));
            consumer.pause(consumer.assignment());
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> revoked) {
            revoked.forEach(partition -> owned.remove(partition.partition()));
        }
    }
}
