package io.tailwater.ingest.produce;

import io.tailwater.connections.ConfiguredConnection;
import io.tailwater.connections.ConnectedWorkspace;
import io.tailwater.connections.ConnectionLookup;
import io.tailwater.connections.ConnectionStore;
import io.tailwater.connections.ConnectionWriter;
import io.tailwater.schemas.topic.ConnectionId;
import io.tailwater.service.CheckResult;
import io.tailwater.service.LogKeys;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes the connections of the file once what the topic holds is known, trying until Kafka takes them, and then waits
 * until the store has read them.
 */
public final class ConnectionPublisher implements AutoCloseable {

    private static final Logger LOGGER = LoggerFactory.getLogger(ConnectionPublisher.class);
    private static final Duration PAUSE = Duration.ofSeconds(2);
    private static final Duration READING_BACK = Duration.ofSeconds(20);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);

    private final List<ConfiguredConnection> connections;
    private final ConnectionStore store;
    private final Supplier<ConnectionWriter> writers;
    private final Thread thread;

    private volatile CheckResult latest = CheckResult.notWorking("the connections file has not been published yet");

    private ConnectionPublisher(
            List<ConfiguredConnection> connections, ConnectionStore store, Supplier<ConnectionWriter> writers) {
        this.connections = connections;
        this.store = store;
        this.writers = writers;
        this.thread = Thread.ofPlatform().name("connection-publisher").daemon().unstarted(this::run);
    }

    /** A publisher that has begun its work; it ends by itself. */
    public static ConnectionPublisher start(
            List<ConfiguredConnection> connections, ConnectionStore store, Supplier<ConnectionWriter> writers) {
        ConnectionPublisher publisher = new ConnectionPublisher(connections, store, writers);
        publisher.thread.start();
        return publisher;
    }

    /** Works once everything is published. */
    public CheckResult check() {
        return latest;
    }

    /**
     * What is known of a connection. Until the file is published, one that is unknown or differs from the file may be about
     * to change: Bitbucket takes "unknown" and "wrong signature" as final and would not deliver again.
     */
    public ConnectionLookup lookup(ConnectionId id) {
        ConnectionLookup lookup = store.lookup(id);
        return latest.isWorking() || lookup instanceof ConnectionLookup.Found && isAsConfigured(id)
                ? lookup
                : new ConnectionLookup.StillLoading();
    }

    private boolean isAsConfigured(ConnectionId id) {
        List<ConfiguredConnection> ofThisName = connections.stream()
                .filter(connection -> connection.id().equals(id))
                .toList();
        return ConnectionWriter.isCurrent(ofThisName, store);
    }

    private void run() {
        try {
            while (!store.awaitReady(PAUSE)) {
                LOGGER.debug("waiting for the connections published earlier");
            }
            while (!publish()) {
                Thread.sleep(PAUSE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean publish() throws InterruptedException {
        try {
            List<ConnectionId> written = write();
            awaitReadBack();
            LOGGER.atInfo()
                    .addKeyValue("configured", connections.size())
                    .addKeyValue(
                            "written", written.stream().map(ConnectionId::value).toList())
                    .log("published the connections file");
            nameThoseNotInTheFile();
            latest = CheckResult.working(connections.size() + " connections in the file");
            return true;
        } catch (RuntimeException e) {
            // Mostly Kafka or the registry being away; a fault of another kind must not end the tries unseen either.
            latest = CheckResult.notWorking("publishing the connections file: " + e);
            LOGGER.atWarn()
                    .addKeyValue(LogKeys.REASON, e.toString())
                    .setCause(e instanceof KafkaException ? null : e)
                    .log("publishing the connections file is tried again");
            return false;
        }
    }

    private List<ConnectionId> write() throws InterruptedException {
        if (connections.isEmpty()) {
            return List.of();
        }
        try (ConnectionWriter writer = writers.get()) {
            return writer.publish(connections, store);
        }
    }

    private void awaitReadBack() throws InterruptedException {
        long end = System.nanoTime() + READING_BACK.toNanos();
        while (!ConnectionWriter.isCurrent(connections, store)) {
            if (System.nanoTime() > end) {
                throw new KafkaException("what was published has not been read back in " + READING_BACK);
            }
            Thread.sleep(BETWEEN_LOOKS);
        }
    }

    private void nameThoseNotInTheFile() {
        if (connections.isEmpty()) {
            return;
        }
        Set<ConnectionId> inFile =
                connections.stream().map(ConfiguredConnection::id).collect(Collectors.toSet());
        for (ConnectedWorkspace workspace : store.all()) {
            if (!inFile.contains(workspace.id())) {
                LOGGER.atWarn()
                        .addKeyValue(LogKeys.CONNECTION, workspace.id().value())
                        .log("a connection published earlier is not in the connections file; it stays connected");
            }
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
