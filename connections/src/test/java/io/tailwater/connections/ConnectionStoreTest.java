package io.tailwater.connections;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.tailwater.schemas.connection.Connection;
import io.tailwater.schemas.connection.ConnectionScope;
import io.tailwater.schemas.connection.ConnectionState;
import io.tailwater.schemas.topic.ConnectionId;
import io.tailwater.schemas.topic.Topics;
import io.tailwater.service.CheckResult;
import io.tailwater.service.Secret;
import java.net.ConnectException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class ConnectionStoreTest {

    private static final String TOPIC = Topics.CONNECTIONS.name();
    private static final TopicPartition PARTITION = new TopicPartition(TOPIC, 0);
    private static final ConnectionId ACME = new ConnectionId("acme");
    private static final ConnectionId OTHER = new ConnectionId("other");
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-23T20:00:00Z"));
    /** What the topic's values stand for: the store is tested without Avro, a value being an index of this list. */
    private final List<Connection> written = new ArrayList<>();

    private final Deserializer<Connection> reader = (topic, index) -> {
        if (index[0] >= written.size()) {
            throw new SerializationException("not a connection");
        }
        return written.get(index[0]);
    };

    private final SealingKey key = SealingKey.generate();
    private final MockConsumer<byte[], byte[]> consumer = consumerOfOnePartition();
    private @Nullable ConnectionStore opened;
    private long offset;

    @AfterEach
    void close() {
        if (opened != null) {
            opened.close();
        }
    }

    @Test
    void unsealsWhatTheTopicHolds() throws InterruptedException {
        ConnectionStore store = store(key, record(ACME, bytes(connection(ACME, key, "token-hidden"))));

        ConnectedWorkspace workspace = store.find(ACME).orElseThrow();

        assertThat(workspace.workspaceSlug()).isEqualTo("acme-data");
        assertThat(plain(workspace.token())).isEqualTo("token-hidden");
        assertThat(plain(workspace.webhookSecret())).isEqualTo("secret-hidden");
        assertThat(workspace.toString()).doesNotContain("hidden");
        assertThat(store.all()).containsExactly(workspace);
        assertThat(store.check()).isEqualTo(CheckResult.working("1 connections can be used"));
        assertThat(store.lookup(OTHER)).isInstanceOf(ConnectionLookup.Unknown.class);
    }

    @Test
    void keepsTheNewestRecordAndForgetsOnATombstone() throws InterruptedException {
        ConnectionStore store = store(
                key,
                record(ACME, bytes(connection(ACME, key, "old"))),
                record(OTHER, bytes(connection(OTHER, key, "old"))),
                record(ACME, bytes(connection(ACME, key, "new"))),
                record(OTHER, null));

        assertThat(plain(store.find(ACME).orElseThrow().token())).isEqualTo("new");
        assertThat(store.lookup(OTHER)).isInstanceOf(ConnectionLookup.Unknown.class);
    }

    @Test
    void followsWhatIsWrittenLater() throws InterruptedException {
        ConnectionStore store = store(key);
        assertThat(store.find(ACME)).isEmpty();
        CountDownLatch polledAfter = new CountDownLatch(1);

        consumer.schedulePollTask(() -> consumer.addRecord(record(ACME, bytes(connection(ACME, key, "late")))));
        consumer.schedulePollTask(() -> {});
        consumer.schedulePollTask(polledAfter::countDown);

        assertThat(polledAfter.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(store.find(ACME)).isPresent();
    }

    @Test
    void namesAConnectionSealedWithAnotherKeyAndServesTheOthers() throws InterruptedException {
        ListAppender<ILoggingEvent> log = capture();
        ConnectionStore store = store(
                key,
                record(ACME, bytes(connection(ACME, SealingKey.generate(), "token-hidden"))),
                record(OTHER, bytes(connection(OTHER, key, "token-hidden"))));

        assertThat(store.lookup(ACME))
                .isInstanceOfSatisfying(
                        ConnectionLookup.Unreadable.class,
                        unreadable -> assertThat(unreadable.reason()).contains("connection acme", "sealing key"));
        assertThat(store.find(ACME)).isEmpty();
        assertThat(store.find(OTHER)).isPresent();
        assertThat(store.check().isWorking()).isTrue();
        assertThat(store.check().detail()).contains("1 connections can be used", "connection acme");
        assertThat(log.list).anySatisfy(event -> assertThat(event.getLevel()).isEqualTo(Level.ERROR));
        assertThat(log.list.toString()).doesNotContain("hidden");
    }

    @Test
    void isNotWorkingWhenNoConnectionCanBeUnsealed() throws InterruptedException {
        ConnectionStore store = store(key, record(ACME, bytes(connection(ACME, SealingKey.generate(), "token"))));

        assertThat(store.check().isWorking()).isFalse();
    }

    @Test
    void reportsARecordThatIsNoConnection() throws InterruptedException {
        ConnectionStore store = store(
                key,
                record(ACME, new byte[] {99}),
                new ConsumerRecord<>(TOPIC, 0, offset++, "no id!".getBytes(StandardCharsets.UTF_8), new byte[0]),
                record(OTHER, bytes(connection(OTHER, key, "token"))));

        assertThat(store.lookup(ACME)).isInstanceOf(ConnectionLookup.Unreadable.class);
        assertThat(store.find(OTHER)).isPresent();
    }

    @Test
    void startsAgainAfterTroubleWithKafkaOrTheRegistry() throws InterruptedException {
        Deque<RuntimeException> troubles = new ArrayDeque<>();
        troubles.add(new SerializationException("asking the registry", new ConnectException("away")));
        Deserializer<Connection> moody = (topic, bytes) -> {
            RuntimeException trouble = troubles.poll();
            if (trouble != null) {
                throw trouble;
            }
            return reader.deserialize(topic, bytes);
        };
        Connection record = connection(ACME, key, "token");
        Deque<MockConsumer<byte[], byte[]>> consumers = new ArrayDeque<>();
        MockConsumer<byte[], byte[]> failing = consumerOfOnePartition();
        failing.setPollException(new KafkaException("away"));
        consumers.add(failing);
        for (int times = 0; times < 2; times++) {
            MockConsumer<byte[], byte[]> working = consumerOfOnePartition();
            offset = 0;
            fill(working, List.of(record(ACME, bytes(record))));
            consumers.add(working);
        }

        ConnectionStore store = new ConnectionStore(consumers::remove, moody, key);
        opened = store;
        store.start();

        assertThat(store.awaitReady(LONG)).isTrue();
        assertThat(store.find(ACME)).isPresent();
        assertThat(consumers).isEmpty();
    }

    @Test
    void saysThatItIsStillLoading() {
        ConnectionStore store = new ConnectionStore(() -> consumer, reader, key);
        opened = store;

        assertThat(store.lookup(ACME)).isInstanceOf(ConnectionLookup.StillLoading.class);
        assertThat(store.check().isWorking()).isFalse();
    }

    @Test
    void publishesOnlyWhatChanged() throws InterruptedException {
        ConnectionStore store = store(key, record(ACME, bytes(connection(ACME, key, "token-hidden"))));
        written.clear();
        ConnectionWriter writer = writer();

        assertThat(writer.publish(List.of(configured(ACME, "token-hidden")), store))
                .isEmpty();
        assertThat(writer.publish(List.of(configured(ACME, "token-new"), configured(OTHER, "token-hidden")), store))
                .containsExactly(ACME, OTHER);

        assertThat(written).hasSize(2);
        assertThat(written.toString()).doesNotContain("token-", "secret-hidden");
        ConnectedWorkspace workspace = ConnectedWorkspace.unseal(ACME, written.getFirst(), key);
        assertThat(plain(workspace.token())).isEqualTo("token-new");
        assertThat(written.getFirst().getUpdatedAt()).isEqualTo(CLOCK.instant());
    }

    @Test
    void keepsWhatWasLearntUnlessTheTokenIsNew() throws InterruptedException {
        Connection refused = connection(ACME, key, "token-old");
        refused.setWorkspaceUuid("{8a1c0000-0000-0000-0000-000000000001}");
        refused.setState(ConnectionState.NEEDS_NEW_TOKEN);
        ConnectionStore store = store(key, record(ACME, bytes(refused)));
        written.clear();

        assertThat(writer().publish(List.of(configured(ACME, "token-old")), store))
                .isEmpty();
        writer().publish(List.of(configured(ACME, "token-new")), store);

        assertThat(written.getFirst().getState()).isEqualTo(ConnectionState.ACTIVE);
        assertThat(written.getFirst().getWorkspaceUuid()).isEqualTo("{8a1c0000-0000-0000-0000-000000000001}");
    }

    @Test
    void sealsAgainWhatCannotBeUnsealed() throws InterruptedException {
        ConnectionStore store = store(key, record(ACME, bytes(connection(ACME, SealingKey.generate(), "token"))));
        written.clear();

        assertThat(writer().publish(List.of(configured(ACME, "token")), store)).containsExactly(ACME);
    }

    private ConnectionWriter writer() {
        Serializer<Connection> noting = (topic, connection) -> bytes(connection);
        Serializer<ConnectionId> text = (topic, id) -> id.text().getBytes(StandardCharsets.UTF_8);
        return new ConnectionWriter(new MockProducer<>(true, null, text, noting), key, CLOCK);
    }

    @SafeVarargs
    private ConnectionStore store(SealingKey unsealing, ConsumerRecord<byte[], byte[]>... records)
            throws InterruptedException {
        fill(consumer, List.of(records));
        ConnectionStore store = new ConnectionStore(() -> consumer, reader, unsealing);
        opened = store;
        store.start();
        assertThat(store.awaitReady(LONG)).isTrue();
        return store;
    }

    private static void fill(MockConsumer<byte[], byte[]> consumer, List<ConsumerRecord<byte[], byte[]>> records) {
        consumer.updateEndOffsets(Map.of(PARTITION, (long) records.size()));
        consumer.schedulePollTask(() -> records.forEach(consumer::addRecord));
    }

    private static MockConsumer<byte[], byte[]> consumerOfOnePartition() {
        MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
        consumer.updatePartitions(TOPIC, List.of(new PartitionInfo(TOPIC, 0, Node.noNode(), new Node[0], new Node[0])));
        consumer.updateBeginningOffsets(Map.of(PARTITION, 0L));
        consumer.updateEndOffsets(Map.of(PARTITION, 0L));
        return consumer;
    }

    private ConsumerRecord<byte[], byte[]> record(ConnectionId id, byte @Nullable [] value) {
        return new ConsumerRecord<>(TOPIC, 0, offset++, id.text().getBytes(StandardCharsets.UTF_8), value);
    }

    private byte[] bytes(Connection connection) {
        written.add(connection);
        return new byte[] {(byte) (written.size() - 1)};
    }

    private static Connection connection(ConnectionId id, SealingKey sealing, String token) {
        return Connection.newBuilder()
                .setConnectionId(id.value())
                .setWorkspaceSlug("acme-data")
                .setScope(ConnectionScope.WORKSPACE)
                .setState(ConnectionState.ACTIVE)
                .setSealedToken(ByteBuffer.wrap(sealing.seal(id, Credential.ACCESS_TOKEN, Secret.of(token))))
                .setSealedWebhookSecret(
                        ByteBuffer.wrap(sealing.seal(id, Credential.WEBHOOK_SECRET, Secret.of("secret-hidden"))))
                .setUpdatedAt(Instant.EPOCH)
                .build();
    }

    private static ConfiguredConnection configured(ConnectionId id, String token) {
        return new ConfiguredConnection(
                id,
                "acme-data",
                Optional.empty(),
                ConnectionScope.WORKSPACE,
                List.of(),
                Secret.of(token),
                Secret.of("secret-hidden"),
                Optional.empty());
    }

    private static ListAppender<ILoggingEvent> capture() {
        ListAppender<ILoggingEvent> appender = new ListAppender<>();
        appender.start();
        ((Logger) LoggerFactory.getLogger(ConnectionStore.class)).addAppender(appender);
        return appender;
    }

    private static String plain(Secret secret) {
        return secret.use(Function.identity());
    }
}
