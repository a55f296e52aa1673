package io.tailwater.connections;

import io.tailwater.schemas.connection.Connection;
import io.tailwater.schemas.connection.ConnectionState;
import io.tailwater.schemas.serde.TopicSerdes;
import io.tailwater.schemas.topic.ConnectionId;
import io.tailwater.schemas.topic.Topics;
import io.tailwater.service.Secret;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;

/** Publishes connections to their topic, credentials sealed. */
public final class ConnectionWriter implements AutoCloseable {

    private static final int DELIVERY_TIMEOUT_MILLISECONDS = 20_000;
    private static final int REQUEST_TIMEOUT_MILLISECONDS = 10_000;
    private static final Duration CLOSING = Duration.ofSeconds(5);

    private final Producer<ConnectionId, Connection> producer;
    private final SealingKey key;
    private final InstantSource clock;

    ConnectionWriter(Producer<ConnectionId, Connection> producer, SealingKey key, InstantSource clock) {
        this.producer = producer;
        this.key = key;
        this.clock = clock;
    }

    /**
     * A writer.
     *
     * @param clientProperties properties of Kafka's clients and of the serializers
     * @param key seals the credentials
     * @param clock for the time of writing
     */
    public static ConnectionWriter open(Map<String, Object> clientProperties, SealingKey key, InstantSource clock) {
        Map<String, Object> properties = new TreeMap<>(clientProperties);
        properties.put("acks", "all");
        properties.put("enable.idempotence", true);
        properties.put("client.id", "connection-writer");
        properties.put("max.block.ms", REQUEST_TIMEOUT_MILLISECONDS);
        properties.put("request.timeout.ms", REQUEST_TIMEOUT_MILLISECONDS);
        properties.put("delivery.timeout.ms", DELIVERY_TIMEOUT_MILLISECONDS);
        TopicSerdes serdes = TopicSerdes.of(clientProperties);
        return new ConnectionWriter(
                new KafkaProducer<>(
                        properties,
                        serdes.key(Topics.CONNECTIONS).serializer(),
                        serdes.value(Topics.CONNECTIONS).serializer()),
                key,
                clock);
    }

    /**
     * Writes those connections that differ from what the store holds. What was learnt meanwhile is kept: the workspace's
     * uuid, and the state unless the token is a new one.
     *
     * @param store must be ready, or everything would count as new
     * @return ids of those written, in the order given; all are on all in-sync replicas
     * @throws KafkaException when Kafka does not take them; calling again is safe
     */
    public List<ConnectionId> publish(Collection<ConfiguredConnection> connections, ConnectionStore store)
            throws InterruptedException {
        List<ConnectionId> written = new ArrayList<>();
        List<Future<?>> acknowledgements = new ArrayList<>();
        for (ConfiguredConnection connection : connections) {
            Optional<ConnectedWorkspace> present = store.find(connection.id());
            ConnectedWorkspace wanted = merge(connection, present);
            if (isOutdated(present, wanted)) {
                acknowledgements.add(producer.send(
                        new ProducerRecord<>(Topics.CONNECTIONS.name(), connection.id(), sealed(wanted))));
                written.add(connection.id());
            }
        }
        for (Future<?> acknowledgement : acknowledgements) {
            await(acknowledgement);
        }
        return written;
    }

    /**
     * Writes a connection as it is given, credentials sealed with the primary key.
     *
     * @throws KafkaException when Kafka does not take it; calling again is safe
     */
    public void put(ConnectedWorkspace connection) throws InterruptedException {
        await(producer.send(new ProducerRecord<>(Topics.CONNECTIONS.name(), connection.id(), sealed(connection))));
    }

    /**
     * Forgets a connection with its credentials: writes a tombstone.
     *
     * @throws KafkaException when Kafka does not take it; calling again is safe
     */
    public void remove(ConnectionId id) throws InterruptedException {
        await(producer.send(new ProducerRecord<>(Topics.CONNECTIONS.name(), id, null)));
    }

    /** Whether the store holds each connection as configured, so that what was published has also been read. */
    public static boolean isCurrent(Collection<ConfiguredConnection> connections, ConnectionStore store) {
        return connections.stream().noneMatch(connection -> {
            Optional<ConnectedWorkspace> present = store.find(connection.id());
            return isOutdated(present, merge(connection, present));
        });
    }

    private static boolean isOutdated(Optional<ConnectedWorkspace> present, ConnectedWorkspace wanted) {
        return present.isEmpty() || !sameAs(present.get(), wanted);
    }

    @Override
    public void close() {
        producer.close(CLOSING);
    }

    private static void await(Future<?> acknowledgement) throws InterruptedException {
        try {
            acknowledgement.get();
        } catch (ExecutionException e) {
            throw new KafkaException("writing to " + Topics.CONNECTIONS.name(), e.getCause());
        }
    }

    private static ConnectedWorkspace merge(ConfiguredConnection wanted, Optional<ConnectedWorkspace> present) {
        ConnectionState state = present.filter(workspace -> same(workspace.token(), wanted.token()))
                .map(ConnectedWorkspace::state)
                .orElse(ConnectionState.ACTIVE);
        return new ConnectedWorkspace(
                wanted.id(),
                wanted.workspaceSlug(),
                wanted.workspaceUuid().or(() -> present.flatMap(ConnectedWorkspace::workspaceUuid)),
                wanted.scope(),
                wanted.repositories(),
                state,
                wanted.token(),
                wanted.webhookSecret(),
                // The topic keeps milliseconds; more would look like a change at every start.
                wanted.tokenExpiresAt().map(expiry -> expiry.truncatedTo(ChronoUnit.MILLIS)));
    }

    private static boolean sameAs(ConnectedWorkspace present, ConnectedWorkspace wanted) {
        return present.workspaceSlug().equals(wanted.workspaceSlug())
                && present.workspaceUuid().equals(wanted.workspaceUuid())
                && present.scope() == wanted.scope()
                && present.repositories().equals(wanted.repositories())
                && present.state() == wanted.state()
                && present.tokenExpiresAt().equals(wanted.tokenExpiresAt())
                && same(present.token(), wanted.token())
                && same(present.webhookSecret(), wanted.webhookSecret());
    }

    private static boolean same(Secret first, Secret second) {
        return first.<String>use(Function.identity()).equals(second.<String>use(Function.identity()));
    }

    private Connection sealed(ConnectedWorkspace workspace) {
        return Connection.newBuilder()
                .setConnectionId(workspace.id().value())
                .setWorkspaceSlug(workspace.workspaceSlug())
                .setWorkspaceUuid(workspace.workspaceUuid().orElse(null))
                .setScope(workspace.scope())
                .setRepositories(workspace.repositories())
                .setState(workspace.state())
                .setSealedToken(ByteBuffer.wrap(key.seal(workspace.id(), Credential.ACCESS_TOKEN, workspace.token())))
                .setSealedWebhookSecret(
                        ByteBuffer.wrap(key.seal(workspace.id(), Credential.WEBHOOK_SECRET, workspace.webhookSecret())))
                .setTokenExpiresAt(workspace.tokenExpiresAt().orElse(null))
                .setUpdatedAt(clock.instant())
                .build();
    }
}
