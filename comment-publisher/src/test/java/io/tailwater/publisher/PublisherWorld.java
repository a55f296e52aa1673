package io.tailwater.publisher;

import io.tailwater.connections.ConnectionSettings;
import io.tailwater.connections.Credential;
import io.tailwater.connections.SealingKey;
import io.tailwater.publisher.fixture.FakeBitbucket;
import io.tailwater.publisher.publish.PublishingRules;
import io.tailwater.schemas.connection.Connection;
import io.tailwater.schemas.connection.ConnectionScope;
import io.tailwater.schemas.connection.ConnectionState;
import io.tailwater.schemas.report.Publication;
import io.tailwater.schemas.topic.ConnectionId;
import io.tailwater.schemas.topic.PullRequestKey;
import io.tailwater.schemas.topic.TopicCreator;
import io.tailwater.schemas.topic.TopicPlan;
import io.tailwater.schemas.topic.Topics;
import io.tailwater.service.KafkaSettings;
import io.tailwater.service.Secret;
import io.tailwater.testing.KafkaCluster;
import io.tailwater.testing.TypedTopics;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** A broker with the topics, a stand-in for Bitbucket, and connections between them. */
final class PublisherWorld implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    final FakeBitbucket bitbucket = new FakeBitbucket();
    final KafkaCluster cluster;
    final TypedTopics topics;
    final Path keyFile;
    private final SealingKey key;

    PublisherWorld(KafkaCluster cluster, Path folder) {
        this.cluster = cluster;
        this.topics = new TypedTopics(cluster);
        this.keyFile = folder.resolve("keyset.json");
        this.key = SealingKey.generate(keyFile);
        try (Admin admin = cluster.admin()) {
            TopicCreator creator = new TopicCreator(admin);
            creator.apply(creator.plan(new TopicPlan.Options(2, (short) 1)));
        }
    }

    /** Connects a workspace under a token that Bitbucket knows. */
    void connect(String connection, String token) {
        bitbucket.allow(token);
        ConnectionId id = new ConnectionId(connection);
        topics.send(
                Topics.CONNECTIONS,
                id,
                Connection.newBuilder()
                        .setConnectionId(connection)
                        .setWorkspaceSlug("acme")
                        .setWorkspaceUuid("{8a1c}")
                        .setScope(ConnectionScope.WORKSPACE)
                        .setRepositories(List.of())
                        .setState(ConnectionState.ACTIVE)
                        .setSealedToken(ByteBuffer.wrap(key.seal(id, Credential.ACCESS_TOKEN, Secret.of(token))))
                        .setSealedWebhookSecret(
                                ByteBuffer.wrap(key.seal(id, Credential.WEBHOOK_SECRET, Secret.of("secret"))))
                        .setUpdatedAt(Instant.EPOCH)
                        .build());
    }

    PublisherService start(String group) {
        return PublisherService.start(
                config(cluster.bootstrapServers(), cluster.schemaRegistryUrl(), bitbucket.uri(), keyFile, group));
    }

    static PublisherConfig config(String brokers, String registry, URI bitbucket, Path keyFile, String group) {
        return new PublisherConfig(
                new KafkaSettings(brokers, URI.create(registry), Map.of("session.timeout.ms", Secret.of("6000"))),
                new ConnectionSettings(Optional.empty(), Optional.of(keyFile), Optional.empty(), Optional.empty()),
                bitbucket,
                URI.create("https://bitbucket.example"),
                Optional.of(URI.create("https://tailwater.example")),
                PublishingRules.FINDINGS_AND_UNKNOWN,
                group,
                4,
                50,
                1_000,
                Duration.ofMinutes(15),
                Duration.ofSeconds(20),
                Duration.ofSeconds(10),
                new PublisherConfig.AdminListener("127.0.0.1", 0));
    }

    /** Waits for a publication of a pull request and returns all of its publications until then. */
    List<Publication> awaitPublications(PullRequestKey pullRequest, Predicate<List<Publication>> condition) {
        return of(
                pullRequest,
                topics.await(Topics.PUBLICATIONS, PATIENCE, records -> condition.test(of(pullRequest, records))));
    }

    /** Waits until a pull request has so many publications. */
    List<Publication> awaitPublications(PullRequestKey pullRequest, int count) {
        return awaitPublications(pullRequest, publications -> publications.size() >= count);
    }

    private static List<Publication> of(
            PullRequestKey pullRequest, List<ConsumerRecord<PullRequestKey, Publication>> records) {
        return records.stream()
                .filter(record -> record.key().equals(pullRequest))
                .map(ConsumerRecord::value)
                .toList();
    }

    @Override
    public void close() {
        bitbucket.close();
    }
}
