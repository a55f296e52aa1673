package io.tailwater.connections;

import io.tailwater.connections.ConnectionLookup.Found;
import io.tailwater.connections.ConnectionLookup.StillLoading;
import io.tailwater.connections.ConnectionLookup.Unknown;
import io.tailwater.connections.ConnectionLookup.Unreadable;
import io.tailwater.schemas.connection.Connection;
import io.tailwater.schemas.serde.TopicSerdes;
import io.tailwater.schemas.topic.ConnectionId;
import io.tailwater.schemas.topic.Topics;
import io.tailwater.service.CheckResult;
import io.tailwater.service.LogKeys;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All connections, kept current from their topic by a thread of its own; may be asked from any thread.
 *
 * <p>It reads the whole topic at start and is ready from then on. While Kafka is away it answers from memory; what it
 * cannot unseal or read it knows by name and says so, so that one bad connection never stops the others.
 */
public final class ConnectionStore implements AutoCloseable {

    private static final Logger LOGGER = LoggerFactory.getLogger(ConnectionStore.class);
    private static final String TOPIC = Topics.CONNECTIONS.name();
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration PAUSE_AFTER_TROUBLE = Duration.ofSeconds(1);
    private static final Duration CLOSING = Duration.ofSeconds(5);

    private final Supplier<Consumer<byte[], byte[]>> consumers;
    private final Deserializer<Connection> values;
    private final SealingKey key;
    private final Thread thread;
    private final CountDownLatch loaded = new CountDownLatch(1);
    private final CountDownLatch stopping = new CountDownLatch(1);

    private volatile @Nullable Consumer<byte[], byte[]> current;
    private volatile Map<ConnectionId, ConnectionLookup> known = Map.of();
    private volatile String trouble = "";

    ConnectionStore(Supplier<Consumer<byte[], byte[]>> consumers, Deserializer<Connection> values, SealingKey key) {
        this.consumers = consumers;
        this.values = values;
        this.key = key;
        this.thread = Thread.ofPlatform().name("connection-store").daemon().unstarted(this::run);
    }

    /**
     * A store that has begun to read.
     *
     * @param clientProperties properties of Kafka's clients and of the serializers
     * @param key unseals the credentials
     */
    public static ConnectionStore follow(Map<String, Object> clientProperties, SealingKey key) {
        Map<String, Object> properties = new TreeMap<>(clientProperties);
        properties.put("enable.auto.commit", false);
        properties.put("allow.auto.create.topics", false);
        properties.put("client.id", "connection-store");
        properties.remove("group.id");
        Deserializer<Connection> values =
                TopicSerdes.of(clientProperties).value(Topics.CONNECTIONS).deserializer();
        ConnectionStore store = new ConnectionStore(
                () -> new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer()),
                values,
                key);
        store.start();
        return store;
    }

    void start() {
        thread.start();
    }

    /** What is known of a connection. */
    public ConnectionLookup lookup(ConnectionId id) {
        if (loaded.getCount() > 0) {
            return new StillLoading();
        }
        return known.getOrDefault(id, new Unknown());
    }

    /**
     * The connection, when it can be used now; empty when there is none, when it cannot be unsealed, or before the store
     * is ready. {@link #lookup} tells these apart.
     */
    public Optional<ConnectedWorkspace> find(ConnectionId id) {
        return lookup(id) instanceof Found found ? Optional.of(found.workspace()) : Optional.empty();
    }

    /** Ids of all connections, those that cannot be read included, sorted. */
    public List<ConnectionId> ids() {
        return known.keySet().stream()
                .sorted(Comparator.comparing(ConnectionId::value))
                .toList();
    }

    /** All connections that can be used now, by id. */
    public List<ConnectedWorkspace> all() {
        return known.values().stream()
                .filter(Found.class::isInstance)
                .map(lookup -> ((Found) lookup).workspace())
                .sorted(Comparator.comparing(workspace -> workspace.id().value()))
                .toList();
    }

    /**
     * Waits until the topic was read to the end it had at the start.
     *
     * @return whether that happened within the time
     */
    public boolean awaitReady(Duration atMost) throws InterruptedException {
        return loaded.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Works once the topic was read and unless every connection is unreadable. */
    public CheckResult check() {
        if (loaded.getCount() > 0) {
            return CheckResult.notWorking(
                    "still reading the topic " + TOPIC + (trouble.isEmpty() ? "" : ": " + trouble));
        }
        List<String> unreadable = known.values().stream()
                .filter(Unreadable.class::isInstance)
                .map(lookup -> ((Unreadable) lookup).reason())
                .sorted()
                .toList();
        int usable = known.size() - unreadable.size();
        String detail = usable + " connections can be used"
                + (unreadable.isEmpty() ? "" : "; " + String.join("; ", unreadable))
                + (trouble.isEmpty() ? "" : "; from memory, since " + trouble);
        return usable == 0 && !unreadable.isEmpty() ? CheckResult.notWorking(detail) : CheckResult.working(detail);
    }

    @Override
    public void close() {
        stopping.countDown();
        Consumer<byte[], byte[]> consumer = current;
        if (consumer != null) {
            consumer.wakeup();
        }
        try {
            if (thread.getState() != Thread.State.NEW) {
                thread.join(CLOSING);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        values.close();
    }

    private void run() {
        try {
            while (stopping.getCount() > 0) {
                followOnce();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void followOnce() throws InterruptedException {
        try {
            Consumer<byte[], byte[]> consumer = consumers.get();
            current = consumer;
            try {
                follow(consumer);
            } finally {
                current = null;
                consumer.close(CloseOptions.timeout(CLOSING));
            }
        } catch (WakeupException | InterruptException e) {
            LOGGER.debug("stopped following connections");
        } catch (KafkaException | RegistryAway e) {
            trouble = e.getClass().getSimpleName() + ": " + e.getMessage();
            LOGGER.atWarn()
                    .addKeyValue(LogKeys.TOPIC, TOPIC)
                    .addKeyValue(LogKeys.REASON, trouble)
                    .log("reading connections was interrupted and is tried again");
            stopping.await(PAUSE_AFTER_TROUBLE.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void follow(Consumer<byte[], byte[]> consumer) {
        List<TopicPartition> partitions = consumer.partitionsFor(TOPIC).stream()
                .map(partition -> new TopicPartition(TOPIC, partition.partition()))
                .toList();
        if (partitions.isEmpty()) {
            throw new KafkaException("there is no topic " + TOPIC);
        }
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        Map<ConnectionId, ConnectionLookup> found = new ConcurrentHashMap<>();
        boolean atEnd = false;
        while (stopping.getCount() > 0) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(atEnd ? POLL : Duration.ofMillis(50))) {
                apply(record, found, atEnd);
            }
            if (!atEnd && ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue())) {
                atEnd = true;
                known = found;
                trouble = "";
                logWhatWasRead(found);
                loaded.countDown();
            }
        }
    }

    private void apply(
            ConsumerRecord<byte[], byte[]> record, Map<ConnectionId, ConnectionLookup> found, boolean atEnd) {
        ConnectionId id;
        try {
            id = ConnectionId.parse(new String(record.key(), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException | NullPointerException e) {
            log(record, "its key is not a connection id");
            return;
        }
        if (record.value() == null) {
            found.remove(id);
            return;
        }
        ConnectionLookup lookup = open(id, record);
        if (atEnd && lookup instanceof Unreadable unreadable) {
            log(record, unreadable.reason());
        }
        found.put(id, lookup);
    }

    private ConnectionLookup open(ConnectionId id, ConsumerRecord<byte[], byte[]> record) {
        Connection connection;
        try {
            connection = values.deserialize(TOPIC, record.value());
        } catch (RuntimeException e) {
            if (registryIsAway(e)) {
                throw new RegistryAway(e);
            }
            return new Unreadable("the record of connection " + id.value() + " cannot be read: "
                    + e.getClass().getSimpleName());
        }
        try {
            return new Found(ConnectedWorkspace.unseal(id, connection, key));
        } catch (SealException e) {
            return new Unreadable(String.valueOf(e.getMessage()));
        }
    }

    /**
     * Whether the schema registry could not be asked, so that the record itself may well be good. Ours says so with a
     * retriable exception, Confluent's serializer with that of the network.
     */
    private static boolean registryIsAway(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof RetriableException
                    || cause instanceof SocketException
                    || cause instanceof SocketTimeoutException
                    || cause instanceof UnknownHostException) {
                return true;
            }
        }
        return false;
    }

    /** Unreadable records that a later one replaced are not worth a line, so the first read is logged at its end. */
    private static void logWhatWasRead(Map<ConnectionId, ConnectionLookup> found) {
        LOGGER.atInfo().addKeyValue("connections", found.size()).log("read all connections");
        found.forEach((id, lookup) -> {
            if (lookup instanceof Unreadable unreadable) {
                LOGGER.atError()
                        .addKeyValue(LogKeys.CONNECTION, id.value())
                        .addKeyValue(LogKeys.REASON, unreadable.reason())
                        .log("a connection cannot be used");
            }
        });
    }

    private static void log(ConsumerRecord<byte[], byte[]> record, String reason) {
        LOGGER.atError()
                .addKeyValue(LogKeys.TOPIC, record.topic())
                .addKeyValue(LogKeys.PARTITION, record.partition())
                .addKeyValue(LogKeys.OFFSET, record.offset())
                .addKeyValue(LogKeys.REASON, reason)
                .log("a connection cannot be used");
    }

    /** The schema registry does not answer. */
    private static final class RegistryAway extends RuntimeException {

        private static final long serialVersionUID = 1L;

        RegistryAway(RuntimeException cause) {
            super("the schema registry does not answer", cause);
        }
    }
}
