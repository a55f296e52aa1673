package io.tailwater.connector;

import io.tailwater.connections.ConnectionStore;
import io.tailwater.connections.SealingKey;
import io.tailwater.schemas.topic.TopicCreator;
import io.tailwater.schemas.topic.TopicPlan;
import io.tailwater.simulator.BitbucketSimulator;
import io.tailwater.simulator.SimulatorOptions;
import io.tailwater.simulator.state.HostedRepository;
import io.tailwater.testing.KafkaCluster;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;

/** A workspace at the stand-in, and a connector on the test's cluster. */
final class ConnectorWorld implements AutoCloseable {

    static final URI PUBLIC = URI.create("https://tailwater.example.com");
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    final BitbucketSimulator bitbucket;
    final Git git;
    final HostedRepository warehouse;
    final String workspace = "w" + UUID.randomUUID().toString().substring(0, 8);
    private final KafkaCluster cluster;
    private final SealingKey key;
    private final String group = "connector-" + UUID.randomUUID();
    private ConnectionStore store;
    private Connector connector;

    ConnectorWorld(KafkaCluster cluster, Path folder, SealingKey key) throws IOException, GitAPIException {
        this.cluster = cluster;
        this.key = key;
        try (Admin admin = cluster.admin()) {
            TopicCreator creator = new TopicCreator(admin);
            creator.apply(creator.plan(new TopicPlan.Options(2, (short) 1)));
        }
        git = Git.init()
                .setDirectory(folder.resolve("tree").toFile())
                .setInitialBranch("main")
                .call();
        commit("select id, amount from raw", "Add orders");
        git.checkout().setCreateBranch(true).setName("drop-amount").call();
        commit("select id from raw", "Drop amount");
        git.checkout().setName("main").call();
        bitbucket = BitbucketSimulator.start(SimulatorOptions.defaults());
        warehouse = bitbucket.addWritableRepository(workspace, "warehouse", folder.resolve("tree"));
        store = ConnectionStore.follow(cluster.clientProperties(), key);
        connector = start();
    }

    private Connector start() {
        return Connector.start(config(), cluster.clientProperties(), store, key, InstantSource.system());
    }

    private ConnectorConfig config() {
        return new ConnectorConfig(
                bitbucket.address(),
                bitbucket.address(),
                Optional.of(PUBLIC),
                Duration.ofSeconds(1),
                Duration.ofSeconds(1),
                Duration.ofSeconds(1),
                Duration.ofDays(3650),
                90,
                Duration.ofSeconds(2),
                group);
    }

    Connector connector() {
        return connector;
    }

    ConnectionStore store() {
        return store;
    }

    /** Stops what runs and starts it anew on the same topics. */
    void restart() {
        connector.close();
        store.close();
        store = ConnectionStore.follow(cluster.clientProperties(), key);
        connector = start();
    }

    String commit(String text, String message) throws IOException, GitAPIException {
        Files.writeString(git.getRepository().getWorkTree().toPath().resolve("orders.sql"), text);
        git.add().addFilepattern("orders.sql").call();
        return git.commit()
                .setMessage(message)
                .setAuthor("Ines", "ines@example.invalid")
                .setCommitter("Ines", "ines@example.invalid")
                .setSign(false)
                .call()
                .name();
    }

    void ready() throws InterruptedException {
        if (!store.awaitReady(PATIENCE)) {
            throw new AssertionError("connections were not read in " + PATIENCE);
        }
    }

    /** Waits for a condition that another thread brings about. */
    static void await(String what, Callable<Boolean> condition) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.call()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("did not happen within " + PATIENCE + ": " + what);
            }
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
    }

    @Override
    public void close() {
        connector.close();
        store.close();
        bitbucket.close();
        git.close();
    }
}
