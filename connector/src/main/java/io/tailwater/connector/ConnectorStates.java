package io.tailwater.connector;

import io.tailwater.schemas.connection.ConnectionHealth;
import io.tailwater.schemas.connection.ConnectorState;
import io.tailwater.schemas.connection.HistoryProgress;
import io.tailwater.schemas.connection.RepositoryHealth;
import io.tailwater.schemas.serde.TopicSerdes;
import io.tailwater.schemas.topic.ConnectionId;
import io.tailwater.schemas.topic.ConnectorStateKey;
import io.tailwater.schemas.topic.Topics;
import io.tailwater.service.LogKeys;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is kept about connections: written to a compacted topic, and read back from it by a thread of its own, so that every
 * gateway knows it and a restart goes on where it was. What this process writes it knows at once. Safe for many threads.
 */
final class ConnectorStates implements AutoCloseable {

    private static final Logger LOGGER = LoggerFactory.getLogger(ConnectorStates.class);
    private static final String TOPIC = Topics.CONNECTOR_STATES.name();
    private static final String CONNECTION = "connection";
    private static final Duration POLL = Duration.ofMillis(250);
    private static final Duration PAUSE_AFTER_TROUBLE = Duration.ofSeconds(1);
    private static final Duration CLOSING = Duration.ofSeconds(5);
    private static final int TIMEOUT_MILLISECONDS = 20_000;

    private final Map<String, Object> properties;
    private final TopicSerdes serdes;
    private final InstantSource clock;
    private final Producer<ConnectorStateKey, ConnectorState> producer;
    private final Map<ConnectorStateKey, ConnectorState> known = new ConcurrentHashMap<>();
    private final Lock writing = new ReentrantLock();
    private final CountDownLatch loaded = new CountDownLatch(1);
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Thread thread =
            Thread.ofPlatform().name("connector-states").daemon().unstarted(this::run);

    private ConnectorStates(Map<String, Object> clientProperties, InstantSource clock) {
        this.properties = new TreeMap<>(clientProperties);
        this.serdes = TopicSerdes.of(clientProperties);
        this.clock = clock;
        Map<String, Object> writing = new TreeMap<>(clientProperties);
        writing.put("acks", "all");
        writing.put("enable.idempotence", true);
        writing.put("client.id", "connector-states");
        writing.put("max.block.ms", TIMEOUT_MILLISECONDS);
        writing.put("request.timeout.ms", TIMEOUT_MILLISECONDS / 2);
        writing.put("delivery.timeout.ms", TIMEOUT_MILLISECONDS);
        this.producer = new KafkaProducer<>(
                writing,
                serdes.key(Topics.CONNECTOR_STATES).serializer(),
                serdes.value(Topics.CONNECTOR_STATES).serializer());
    }

    /** States that have begun to be read. */
    static ConnectorStates follow(Map<String, Object> clientProperties, InstantSource clock) {
        ConnectorStates states = new ConnectorStates(clientProperties, clock);
        states.thread.start();
        return states;
    }

    /** Waits until what the topic held at the start is known. */
    boolean awaitReady(Duration atMost) throws InterruptedException {
        return loaded.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
    }

    Optional<ConnectionHealth> health(ConnectionId id) {
        return Optional.ofNullable(known.get(new ConnectorStateKey(id, CONNECTION)))
                .map(ConnectorState::getConnection);
    }

    Optional<RepositoryHealth> repository(ConnectionId id, String uuid) {
        return Optional.ofNullable(known.get(new ConnectorStateKey(id, uuid))).map(ConnectorState::getRepository);
    }

    List<RepositoryHealth> repositories(ConnectionId id) {
        return known.entrySet().stream()
                .filter(entry -> entry.getKey().connection().equals(id))
                .map(entry -> Optional.ofNullable(entry.getValue().getRepository()))
                .flatMap(Optional::stream)
                .sorted(Comparator.comparing(RepositoryHealth::getFullName))
                .toList();
    }

    Optional<HistoryProgress> history(ConnectionId id, String repositoryUuid, String runName) {
        return Optional.ofNullable(known.get(new ConnectorStateKey(id, repositoryUuid + "@" + runName)))
                .map(ConnectorState::getHistory);
    }

    List<HistoryProgress> history(ConnectionId id) {
        return known.entrySet().stream()
                .filter(entry -> entry.getKey().connection().equals(id))
                .map(entry -> Optional.ofNullable(entry.getValue().getHistory()))
                .flatMap(Optional::stream)
                .sorted(Comparator.comparing(HistoryProgress::getRunName).thenComparing(HistoryProgress::getFullName))
                .toList();
    }

    /** Begins to keep something about a connection, as connected now, where nothing is kept yet. */
    void begin(ConnectionId id) throws InterruptedException {
        ConnectorStateKey key = new ConnectorStateKey(id, CONNECTION);
        alone(() -> {
            if (!known.containsKey(key)) {
                ConnectionHealth begun = ConnectionHealth.newBuilder()
                        .setConnectedAt(clock.instant())
                        .build();
                write(key, builder().setConnection(begun).build());
            }
        });
    }

    /**
     * Changes what is kept about a connection, starting from what is kept at that moment: nothing that another thread noted
     * meanwhile is lost. Does nothing for a connection that is forgotten.
     */
    void change(ConnectionId id, Consumer<ConnectionHealth.Builder> change) throws InterruptedException {
        ConnectorStateKey key = new ConnectorStateKey(id, CONNECTION);
        alone(() -> {
            ConnectorState before = known.get(key);
            if (before != null) {
                ConnectionHealth.Builder health = ConnectionHealth.newBuilder(before.getConnection());
                change.accept(health);
                write(key, builder().setConnection(health.build()).build());
            }
        });
    }

    /** The same for a repository. */
    void change(ConnectionId id, String repositoryUuid, Consumer<RepositoryHealth.Builder> change)
            throws InterruptedException {
        ConnectorStateKey key = new ConnectorStateKey(id, repositoryUuid);
        alone(() -> {
            ConnectorState before = known.get(key);
            if (before != null) {
                RepositoryHealth.Builder repository = RepositoryHealth.newBuilder(before.getRepository());
                change.accept(repository);
                write(key, builder().setRepository(repository.build()).build());
            }
        });
    }

    /** Keeps something about a repository. Does nothing for a connection that is forgotten. */
    void put(ConnectionId id, RepositoryHealth repository) throws InterruptedException {
        ConnectorStateKey key = new ConnectorStateKey(id, repository.getRepositoryUuid());
        alone(() -> {
            if (health(id).isPresent()) {
                write(key, builder().setRepository(repository).build());
            }
        });
    }

    /** Keeps how far a walk through history got. Does nothing for a connection that is forgotten. */
    void put(ConnectionId id, String repositoryUuid, HistoryProgress history) throws InterruptedException {
        ConnectorStateKey key = new ConnectorStateKey(id, repositoryUuid + "@" + history.getRunName());
        alone(() -> {
            if (health(id).isPresent()) {
                write(key, builder().setHistory(history).build());
            }
        });
    }

    /** Forgets everything about a connection. */
    void forget(ConnectionId id) throws InterruptedException {
        alone(() -> {
            for (ConnectorStateKey key : List.copyOf(known.keySet())) {
                if (key.connection().equals(id)) {
                    write(key, null);
                }
            }
        });
    }

    @Override
    public void close() {
        stopping.countDown();
        try {
            thread.join(CLOSING);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        producer.close(CLOSING);
    }

    /** Something that writes. */
    private interface Writing {
        void run() throws InterruptedException;
    }

    private void alone(Writing work) throws InterruptedException {
        writing.lockInterruptibly();
        try {
            work.run();
        } finally {
            writing.unlock();
        }
    }

    private ConnectorState.Builder builder() {
        return ConnectorState.newBuilder().setUpdatedAt(clock.instant());
    }

    private void write(ConnectorStateKey key, @Nullable ConnectorState state) throws InterruptedException {
        try {
            producer.send(new ProducerRecord<>(TOPIC, key, state)).get();
        } catch (ExecutionException e) {
            throw new KafkaException("writing to " + TOPIC, e.getCause());
        }
        apply(key, state);
    }

    private void apply(ConnectorStateKey key, @Nullable ConnectorState state) {
        known.compute(
                key,
                (same, before) ->
                        before != null && state != null && before.getUpdatedAt().isAfter(state.getUpdatedAt())
                                ? before
                                : state);
    }

    private void run() {
        while (stopping.getCount() > 0) {
            try (KafkaConsumer<ConnectorStateKey, ConnectorState> consumer = consumer()) {
                follow(consumer);
            } catch (WakeupException | InterruptException e) {
                return;
            } catch (RuntimeException e) {
                LOGGER.atWarn()
                        .addKeyValue(LogKeys.TOPIC, TOPIC)
                        .addKeyValue(LogKeys.REASON, e.toString())
                        .log("reading what is kept about connections was interrupted and is tried again");
                try {
                    stopping.await(PAUSE_AFTER_TROUBLE.toMillis(), TimeUnit.MILLISECONDS);
                } catch (InterruptedException interrupted) {
                    Thread.currentThread().interrupt();
                    return;
                }
            }
        }
    }

    private KafkaConsumer<ConnectorStateKey, ConnectorState> consumer() {
        Map<String, Object> reading = new TreeMap<>(properties);
        reading.put("enable.auto.commit", false);
        reading.put("allow.auto.create.topics", false);
        reading.put("client.id", "connector-states");
        reading.remove("group.id");
        return new KafkaConsumer<>(
                reading,
                serdes.key(Topics.CONNECTOR_STATES).deserializer(),
                serdes.value(Topics.CONNECTOR_STATES).deserializer());
    }

    private void follow(KafkaConsumer<ConnectorStateKey, ConnectorState> consumer) {
        List<TopicPartition> partitions = consumer.partitionsFor(TOPIC).stream()
                .map(partition -> new TopicPartition(TOPIC, partition.partition()))
                .toList();
        if (partitions.isEmpty()) {
            throw new KafkaException("there is no topic " + TOPIC);
        }
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        while (stopping.getCount() > 0) {
            for (ConsumerRecord<ConnectorStateKey, ConnectorState> record : consumer.poll(POLL)) {
                apply(record.key(), record.value());
            }
            if (loaded.getCount() > 0
                    && ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue())) {
                loaded.countDown();
            }
        }
        consumer.unsubscribe();
        consumer.close(CloseOptions.timeout(CLOSING));
    }
}
