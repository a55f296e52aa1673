package io.tailwater.launcher.demo;

import io.tailwater.embedded.EmbeddedKafka;
import io.tailwater.launcher.ClusterTopics;
import io.tailwater.launcher.Pipeline;
import io.tailwater.launcher.TopicTail;
import io.tailwater.schemas.lineage.LineageAsset;
import io.tailwater.schemas.report.Publication;
import io.tailwater.schemas.topic.DatasetKey;
import io.tailwater.schemas.topic.PullRequestKey;
import io.tailwater.schemas.topic.Topics;
import io.tailwater.service.KafkaSettings;
import io.tailwater.service.Secret;
import io.tailwater.service.Settings;
import io.tailwater.simulator.BitbucketSimulator;
import io.tailwater.simulator.state.HostedRepository;
import io.tailwater.simulator.state.PullRequest;
import io.tailwater.simulator.state.StableId;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Everything the demo needs, in this process and below one folder: a broker, a {@link LocalWorkspace}, and the three services.
 * Nothing of it is special to the services.
 */
public final class DemoWorld implements AutoCloseable {

    private static final Duration READY = Duration.ofMinutes(2);

    private final Deque<AutoCloseable> running = new ArrayDeque<>();
    private final LocalWorkspace workspace;
    private final Settings settings;
    private final Map<String, Object> clientProperties;
    private final TopicTail<PullRequestKey, Publication> publications;
    private final TopicTail<DatasetKey, LineageAsset> assets;
    private final Pipeline pipeline;

    private DemoWorld(Path folder, Settings base, Consumer<String> progress) throws IOException, InterruptedException {
        try {
            progress.accept("starting the broker and its schema registry");
            EmbeddedKafka kafka = keep(EmbeddedKafka.start(folder.resolve("kafka")));
            progress.accept("starting the local stand-in for Bitbucket");
            workspace = keep(LocalWorkspace.start(folder));
            settings = base.with(workspace.settings(
                    kafka.bootstrapServers(), kafka.schemaRegistryUrl(), folder.resolve("analyzer")));
            ClusterTopics.createMissing(settings);
            clientProperties = settings.load(KafkaSettings.class).clientProperties();
            publications = keep(TopicTail.follow(clientProperties, Topics.PUBLICATIONS));
            assets = keep(TopicTail.follow(clientProperties, Topics.LINEAGE_ASSETS));
            pipeline = keep(Pipeline.start(settings, service -> progress.accept("starting the " + service)));
            pipeline.awaitReady(READY);
            workspace.deliverTo(pipeline.webhooks(LocalWorkspace.CONNECTION));
        } catch (RuntimeException | IOException | InterruptedException e) {
            close();
            throw e;
        }
    }

    /**
     * Starts all of it.
     *
     * @param folder where everything is kept; the caller removes it
     * @param base settings to start from; addresses, folders and credentials are put over them
     * @param progress told each step before it is taken
     */
    public static DemoWorld start(Path folder, Settings base, Consumer<String> progress)
            throws IOException, InterruptedException {
        return new DemoWorld(folder, base, progress);
    }

    /** The credentials of this run: what must be found nowhere in the clear. */
    public List<Secret> credentials() {
        return workspace.credentials();
    }

    /** How to reach the broker and the registry, for those who look into topics. */
    public Map<String, Object> clientProperties() {
        return clientProperties;
    }

    /** The configuration the services run with. */
    public Settings settings() {
        return settings;
    }

    /** Where the console is opened, as lines for a terminal. */
    public List<String> welcome() {
        return pipeline.gateway().welcome();
    }

    /** The local stand-in for Bitbucket. */
    public BitbucketSimulator bitbucket() {
        return workspace.bitbucket();
    }

    /**
     * Waits until the default branch of a repository stands in the workspace's graph.
     *
     * @return whether it does within the time
     */
    public boolean awaitBaseline(HostedRepository repository, Duration atMost) throws InterruptedException {
        return assets.await(asset -> asset.key().repositoryUuid().equals(repository.uuid()), atMost)
                .isPresent();
    }

    /**
     * Waits for what becomes of a pull request.
     *
     * @return what the publisher recorded, empty when it recorded nothing within the time
     */
    public Optional<Publication> awaitPublication(PullRequest pullRequest, Duration atMost)
            throws InterruptedException {
        String repository = StableId.of("repository", pullRequest.repository().fullName());
        return publications
                .await(
                        record -> record.key().repositoryUuid().equals(repository)
                                && record.key().number() == pullRequest.number(),
                        atMost)
                .map(ConsumerRecord::value);
    }

    @Override
    public void close() {
        while (!running.isEmpty()) {
            try {
                running.pop().close();
            } catch (Exception e) {
                throw new IllegalStateException("stopping a part of the demo", e);
            }
        }
    }

    private <T extends AutoCloseable> T keep(T part) {
        running.push(part);
        return part;
    }
}
