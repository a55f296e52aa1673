package io.tailwater.connector;

import io.tailwater.bitbucket.api.Bitbucket;
import io.tailwater.connections.ConnectedWorkspace;
import io.tailwater.connections.ConnectionStore;
import io.tailwater.connections.ConnectionWriter;
import io.tailwater.connections.SealingKey;
import io.tailwater.schemas.connection.ConnectionHealth;
import io.tailwater.schemas.connection.HistoryProgress;
import io.tailwater.schemas.connection.RepositoryHealth;
import io.tailwater.schemas.topic.ConnectionId;
import io.tailwater.service.CheckResult;
import io.tailwater.service.LogKeys;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks after connections, in the process of each gateway: of those that run, one looks after each connection. Kafka need
 * not be there at the start.
 */
public final class Connector implements ConnectorView, AutoCloseable {

    private static final Logger LOGGER = LoggerFactory.getLogger(Connector.class);
    private static final Duration BETWEEN_ROUNDS = Duration.ofMillis(500);
    private static final Duration CLOSING = Duration.ofSeconds(10);

    private final ConnectorConfig config;
    private final Bitbucket bitbucket;
    private final RawEvents events;
    private final Ownership ownership;
    private final ConnectorParts parts;
    private final TokenInspector inspector;
    private final ConnectionLifecycle lifecycle;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Map<ConnectionId, Keeper> keepers = new HashMap<>();
    private final Thread thread = Thread.ofPlatform().name("connector").daemon().unstarted(this::run);
    private volatile CheckResult latest = CheckResult.working("has not looked after any connection yet");

    private Connector(
            ConnectorConfig config, Bitbucket bitbucket, RawEvents events, Ownership ownership, ConnectorParts parts) {
        this.config = config;
        this.bitbucket = bitbucket;
        this.events = events;
        this.ownership = ownership;
        this.parts = parts;
        this.inspector = new BitbucketTokenInspector(bitbucket, config.pagesUrl(), parts.clock());
        this.lifecycle = new KafkaConnectionLifecycle(parts, inspector, bitbucket);
    }

    /** The thread that looks after one connection. */
    private record Keeper(Thread thread, AtomicBoolean wanted) {}

    /**
     * Starts to look after connections.
     *
     * @param config what to do how often
     * @param clientProperties properties of Kafka's clients and of the serializers
     * @param store all connections; stays the caller's to close, after this
     * @param key seals credentials
     */
    public static Connector start(
            ConnectorConfig config,
            Map<String, Object> clientProperties,
            ConnectionStore store,
            SealingKey key,
            InstantSource clock) {
        ConnectorStates states = ConnectorStates.follow(clientProperties, clock);
        RawEvents events = RawEvents.open(clientProperties, clock);
        Optional<WebhookKeeper> keeper = config.publicUrl().map(address -> new WebhookKeeper(address, clock));
        ConnectorParts parts = new ConnectorParts(
                store,
                ConnectionWriter.open(clientProperties, key, clock),
                states,
                new ConnectionHooks(keeper, states),
                new RepositoryListing(states, events, config.goneAfter(), clock),
                new PullRequestPoller(states, events, clock),
                new HistoryWalk(states, events, clock),
                clock);
        Connector connector = new Connector(
                config,
                new Bitbucket(config.apiUrl(), clock),
                events,
                Ownership.join(clientProperties, config.group()),
                parts);
        connector.thread.start();
        return connector;
    }

    /** Looks at tokens. */
    public TokenInspector inspector() {
        return inspector;
    }

    /** Makes and changes connections. */
    public ConnectionLifecycle lifecycle() {
        return lifecycle;
    }

    /** Works; its detail names the connections looked after here. */
    public CheckResult check() {
        return latest;
    }

    @Override
    public Optional<ConnectionHealth> health(ConnectionId id) {
        return parts.states().health(id);
    }

    @Override
    public List<RepositoryHealth> repositories(ConnectionId id) {
        return parts.states().repositories(id);
    }

    @Override
    public List<HistoryProgress> history(ConnectionId id) {
        return parts.states().history(id);
    }

    @Override
    public Optional<String> webhookAddress(ConnectionId id) {
        return parts.hooks().address(id);
    }

    @Override
    public void close() {
        stopping.countDown();
        join(thread);
        keepers.values().forEach(keeper -> keeper.wanted().set(false));
        keepers.values().forEach(keeper -> join(keeper.thread()));
        ownership.close();
        bitbucket.close();
        events.close();
        parts.connections().close();
        parts.states().close();
    }

    private static void join(Thread thread) {
        try {
            if (!thread.join(CLOSING)) {
                thread.interrupt();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            while (!parts.store().awaitReady(BETWEEN_ROUNDS) || !parts.states().awaitReady(BETWEEN_ROUNDS)) {
                if (stopping.getCount() == 0) {
                    return;
                }
            }
            while (!stopping.await(BETWEEN_ROUNDS.toMillis(), TimeUnit.MILLISECONDS)) {
                assign();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A thread for every connection that is ours to look after, and none for others. */
    private void assign() {
        Set<ConnectionId> mine = new HashSet<>();
        for (ConnectedWorkspace connection : parts.store().all()) {
            if (ownership.owns(connection.id())) {
                mine.add(connection.id());
            }
        }
        keepers.entrySet().removeIf(entry -> {
            boolean gone = !mine.contains(entry.getKey());
            if (gone) {
                entry.getValue().wanted().set(false);
            }
            return gone;
        });
        mine.forEach(id -> keepers.computeIfAbsent(id, this::keep));
        latest = CheckResult.working(
                "looks after " + mine.size() + " of " + parts.store().all().size() + " connections");
    }

    private Keeper keep(ConnectionId id) {
        AtomicBoolean wanted = new AtomicBoolean(true);
        ConnectionRound round =
                new ConnectionRound(config, bitbucket, new CallBudget(config.share(), parts.clock()), parts);
        Thread keeping =
                Thread.ofPlatform().name("connector-" + id.value()).daemon().start(() -> keep(id, round, wanted));
        return new Keeper(keeping, wanted);
    }

    private void keep(ConnectionId id, ConnectionRound round, AtomicBoolean wanted) {
        try {
            while (wanted.get() && stopping.getCount() > 0) {
                Optional<ConnectedWorkspace> connection = parts.current(id);
                try {
                    if (connection.isPresent()) {
                        round.run(connection.get());
                    }
                } catch (RuntimeException e) {
                    // mostly Kafka being away; a fault of another kind must not end the care for a connection unseen
                    LOGGER.atError()
                            .addKeyValue(LogKeys.CONNECTION, id.value())
                            .addKeyValue(LogKeys.REASON, e.toString())
                            .setCause(e)
                            .log("looking after a connection went wrong and is tried again");
                    stopping.await(5, TimeUnit.SECONDS);
                }
                long pause = connection.isPresent() && round.hasMore(id) ? 20 : BETWEEN_ROUNDS.toMillis();
                stopping.await(pause, TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
