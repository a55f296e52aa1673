package io.tailwater.launcher.demo;

import io.tailwater.connections.ConnectionsFile;
import io.tailwater.connections.Credential;
import io.tailwater.connections.SealingKey;
import io.tailwater.embedded.EmbeddedKafka;
import io.tailwater.launcher.Pipeline;
import io.tailwater.launcher.TopicTail;
import io.tailwater.launcher.command.TopicsCommand;
import io.tailwater.schemas.lineage.LineageAsset;
import io.tailwater.schemas.report.Publication;
import io.tailwater.schemas.topic.ConnectionId;
import io.tailwater.schemas.topic.DatasetKey;
import io.tailwater.schemas.topic.PullRequestKey;
import io.tailwater.schemas.topic.Topics;
import io.tailwater.service.KafkaSettings;
import io.tailwater.service.Secret;
import io.tailwater.service.Settings;
import io.tailwater.simulator.BitbucketSimulator;
import io.tailwater.simulator.SimulatorOptions;
import io.tailwater.simulator.state.AccessToken;
import io.tailwater.simulator.state.HostedRepository;
import io.tailwater.simulator.state.PullRequest;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Everything the demo needs, in this process and below one folder: a broker, a local stand-in for Bitbucket, a connection
 * with a token made for this run, and the three services. Nothing of it is special to the services.
 */
public final class DemoWorld implements AutoCloseable {

    /** Workspace that the demo's repositories live in. */
    public static final String WORKSPACE = "acme";

    private static final ConnectionId CONNECTION = new ConnectionId("demo");
    private static final Duration READY = Duration.ofMinutes(2);
    private static final List<String> EVENTS = List.of(
            "repo:push",
            "pullrequest:created",
            "pullrequest:updated",
            "pullrequest:fulfilled",
            "pullrequest:rejected",
            "pullrequest:comment_created");

    private final Deque<AutoCloseable> running = new ArrayDeque<>();
    private final BitbucketSimulator bitbucket;
    private final TopicTail<PullRequestKey, Publication> publications;
    private final TopicTail<DatasetKey, LineageAsset> assets;
    private final Map<String, Object> clientProperties;
    private final Credentials credentials;

    /**
     * Credentials made for one run; what a test looks for in places where they must not be.
     *
     * @param token access token
     * @param webhookSecret key of the signatures
     */
    public record Credentials(String token, String webhookSecret) {

        static Credentials fresh() {
            SecureRandom random = new SecureRandom();
            return new Credentials("ATCTT3" + hex(random, 24), hex(random, 32));
        }

        private static String hex(SecureRandom random, int bytes) {
            byte[] value = new byte[bytes];
            random.nextBytes(value);
            return HexFormat.of().formatHex(value);
        }

        @Override
        public String toString() {
            return "***";
        }
    }

    private DemoWorld(Path folder, Settings base, Consumer<String> progress) throws IOException, InterruptedException {
        credentials = Credentials.fresh();
        try {
            progress.accept("starting the broker and its schema registry");
            EmbeddedKafka kafka = keep(EmbeddedKafka.start(folder.resolve("kafka")));
            progress.accept("starting the local stand-in for Bitbucket");
            bitbucket = keep(BitbucketSimulator.start(SimulatorOptions.defaults().withRequestsPerHour(100_000)));
            bitbucket.addToken(AccessToken.ofWorkspace(WORKSPACE, "Tailwater", credentials.token()));
            Settings settings = base.with(overrides(folder, kafka));
            TopicsCommand.createMissing(settings);
            clientProperties = KafkaSettings.of(kafka.bootstrapServers(), URI.create(kafka.schemaRegistryUrl()))
                    .clientProperties();
            publications = keep(TopicTail.follow(clientProperties, Topics.PUBLICATIONS));
            assets = keep(TopicTail.follow(clientProperties, Topics.LINEAGE_ASSETS));
            Pipeline pipeline = keep(Pipeline.start(settings, service -> progress.accept("starting the " + service)));
            pipeline.awaitReady(READY);
            bitbucket.addHook(
                    WORKSPACE, null, pipeline.webhooks(CONNECTION.value()), EVENTS, credentials.webhookSecret());
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

    private Map<String, String> overrides(Path folder, EmbeddedKafka kafka) throws IOException {
        Path keyFile = folder.resolve("keyset.json");
        SealingKey key = SealingKey.generate(keyFile);
        Path connections = folder.resolve("connections.yaml");
        Files.writeString(
                connections,
                """
                connections:
                  - id: %s
                    workspace: %s
                    token: %s
                    webhook-secret: %s
                """
                        .formatted(
                                CONNECTION.value(),
                                WORKSPACE,
                                sealed(key, Credential.ACCESS_TOKEN, credentials.token()),
                                sealed(key, Credential.WEBHOOK_SECRET, credentials.webhookSecret())));
        Map<String, String> overrides = new TreeMap<>();
        overrides.put("kafka.bootstrap-servers", kafka.bootstrapServers());
        overrides.put("kafka.schema-registry-url", kafka.schemaRegistryUrl());
        overrides.put("connections.file", connections.toString());
        overrides.put("connections.key-file", keyFile.toString());
        overrides.put("bitbucket.api-url", bitbucket.address().toString());
        overrides.put("bitbucket.git-url", bitbucket.address().toString());
        overrides.put("analyzer.data-folder", folder.resolve("analyzer").toString());
        for (String listener : List.of("gateway.http", "gateway.admin", "analyzer.admin", "publisher.admin")) {
            overrides.put(listener + ".port", "0");
        }
        return overrides;
    }

    private static String sealed(SealingKey key, Credential credential, String value) {
        return ConnectionsFile.sealedValue(key, CONNECTION, credential, Secret.of(value));
    }

    /** The local stand-in for Bitbucket. */
    public BitbucketSimulator bitbucket() {
        return bitbucket;
    }

    /** How to reach the broker and the registry, for those who look into topics. */
    public Map<String, Object> clientProperties() {
        return clientProperties;
    }

    /** The credentials of this run. */
    public Credentials credentials() {
        return credentials;
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
