package io.tailwater.pranalyzer;

import static io.tailwater.pranalyzer.git.GitFixture.files;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tailwater.connections.ConfiguredConnection;
import io.tailwater.connections.ConnectionSettings;
import io.tailwater.connections.ConnectionStore;
import io.tailwater.connections.ConnectionWriter;
import io.tailwater.connections.SealingKey;
import io.tailwater.pranalyzer.git.GitFixture;
import io.tailwater.pranalyzer.git.TestGitServer;
import io.tailwater.schemas.event.Origin;
import io.tailwater.schemas.event.Provenance;
import io.tailwater.schemas.event.WebhookDelivery;
import io.tailwater.schemas.report.ImpactReport;
import io.tailwater.schemas.report.Outcome;
import io.tailwater.schemas.topic.ConnectionId;
import io.tailwater.schemas.topic.PullRequestKey;
import io.tailwater.schemas.topic.RepositoryKey;
import io.tailwater.schemas.topic.TopicCreator;
import io.tailwater.schemas.topic.TopicPlan;
import io.tailwater.schemas.topic.Topics;
import io.tailwater.service.ByteSize;
import io.tailwater.service.KafkaSettings;
import io.tailwater.service.Secret;
import io.tailwater.testing.KafkaCluster;
import io.tailwater.testing.KafkaExtension;
import io.tailwater.testing.TypedTopics;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.eclipse.jgit.lib.ObjectId;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The whole service against a real broker and a Git server of the test; later tests read what earlier ones wrote. */
@ExtendWith(KafkaExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class AnalyzerServiceIT {

    private static final String WORKSPACE = "{it-workspace}";
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final int REPOSITORIES = 4;
    private static final int PULL_REQUESTS = 6;

    @TempDir
    private static Path folder;

    private final List<GitFixture> repositories = new ArrayList<>();
    private KafkaCluster cluster;
    private TypedTopics topics;
    private TestGitServer git;
    private Path keyFile;
    private Map<String, String> firstReportIds = Map.of();

    @BeforeAll
    void start(KafkaCluster kafka) throws Exception {
        cluster = kafka;
        topics = new TypedTopics(kafka);
        try (Admin admin = kafka.admin()) {
            TopicCreator creator = new TopicCreator(admin);
            creator.apply(creator.plan(new TopicPlan.Options(4, (short) 1)));
        }
        git = TestGitServer.start();
        keyFile = folder.resolve("key.json");
        SealingKey key = SealingKey.generate(keyFile);
        Map<String, Object> clients = new HashMap<>(kafka.clientProperties());
        try (ConnectionStore store = ConnectionStore.follow(clients, key);
                ConnectionWriter writer = ConnectionWriter.open(clients, key, InstantSource.system())) {
            writer.publish(
                    List.of(new ConfiguredConnection(
                            new ConnectionId("acme"),
                            "acme",
                            Optional.empty(),
                            io.tailwater.schemas.connection.ConnectionScope.WORKSPACE,
                            List.of(),
                            Secret.of(TestGitServer.TOKEN),
                            Secret.of("webhook-secret"),
                            Optional.empty())),
                    store);
        }
        for (int i = 0; i < REPOSITORIES; i++) {
            GitFixture repository =
                    GitFixture.bare(folder.resolve("r" + i + ".git")).allow(true, true);
            repositories.add(repository);
            git.serve("acme/r" + i, repository);
        }
    }

    @AfterAll
    void stop() {
        git.close();
        repositories.forEach(GitFixture::close);
    }

    @Test
    @Order(1)
    void sharesWorkAndWritesEachEndOnceThoughOneInstanceLeavesInTheMiddle() throws Exception {
        try (AnalyzerService one = AnalyzerService.start(config("analyzer-it", "one", "streams"))) {
            try (AnalyzerService other = AnalyzerService.start(config("analyzer-it", "other", "streams"))) {
                openPullRequests();
                awaitReports(5);
                other.close();
            }
            awaitReports(REPOSITORIES * PULL_REQUESTS);
            assertThat(one.ready().isWorking()).as(one.ready().detail()).isTrue();
        }

        List<ConsumerRecord<PullRequestKey, ImpactReport>> all = topics.readAll(Topics.IMPACT_REPORTS);
        assertThat(all.size()).isEqualTo(REPOSITORIES * PULL_REQUESTS);
        assertThat(all).extracting(ConsumerRecord::key).doesNotHaveDuplicates();
        assertThat(all).allSatisfy(record -> {
            assertThat(record.value().getChangeSet().getOutcome()).isEqualTo(Outcome.REPORTED);
            assertThat(record.value().getChangeSet().getComparison().getChanges())
                    .isNotEmpty();
        });
        firstReportIds = reportIds(all);
    }

    @Test
    @Order(2)
    void readsEverythingAgainIntoTheSameReports() {
        int changeSets = 2 * REPOSITORIES * PULL_REQUESTS;
        try (AnalyzerService again = AnalyzerService.start(config("analyzer-it-again", "again", "classic"))) {
            topics.await(Topics.CHANGE_SETS, PATIENCE, found -> found.size() >= changeSets);
            // it also reads the change sets of the first run: three reports for each pull request
            awaitReports(3 * REPOSITORIES * PULL_REQUESTS);
            assertThat(again.parkedWork()).isZero();
        }

        assertThat(topics.readAll(Topics.CHANGE_SETS).size()).isEqualTo(changeSets);
        List<ConsumerRecord<PullRequestKey, ImpactReport>> all = topics.readAll(Topics.IMPACT_REPORTS);
        assertThat(all.size()).isEqualTo(3 * REPOSITORIES * PULL_REQUESTS);
        assertThat(reportIds(all)).isEqualTo(firstReportIds);
        assertThat(all.stream().map(record -> record.value().getReportId()).distinct())
                .hasSize(REPOSITORIES * PULL_REQUESTS);
    }

    @Test
    @Order(3)
    void writesWhatDefaultBranchesSayPlacedByWorkspace() {
        var assets = topics.readAll(Topics.LINEAGE_ASSETS);

        assertThat(assets).isNotEmpty();
        assertThat(assets.stream().map(ConsumerRecord::partition).distinct()).hasSize(1);
        assertThat(assets.stream().map(record -> record.value().getRepository()).distinct())
                .hasSize(REPOSITORIES);
    }

    @Order(4)
    @ParameterizedTest
    @ValueSource(strings = {"streams", "classic"})
    void setsUnreadableRecordAsideAndGoesOn(String protocol) throws Exception {
        byte[] poison = ("no Avro " + protocol).getBytes(UTF_8);
        byte[] key =
                new RepositoryKey(WORKSPACE, "{poison-" + protocol + "}").text().getBytes(UTF_8);
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", cluster.bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(Topics.BITBUCKET_WEBHOOKS.name(), key, poison))
                    .get();
        }

        try (AnalyzerService service = AnalyzerService.start(config("analyzer-it", "poison-" + protocol, protocol))) {
            List<byte[]> letters = RawTopic.await(cluster, Topics.BITBUCKET_WEBHOOKS.deadLetters(), poison, PATIENCE);
            assertThat(letters).anySatisfy(letter -> assertThat(letter).isEqualTo(poison));
        }
    }

    private void openPullRequests() throws Exception {
        for (int r = 0; r < REPOSITORIES; r++) {
            GitFixture repository = repositories.get(r);
            ObjectId main = repository.commit(files("dbt_project.yml", "name: shop\nmodel-paths: [models]\n")
                    .file("models/stg_orders.sql", "select id, amount, status from raw.orders")
                    .file("models/fct_orders.sql", "select id, amount from {{ ref('stg_orders') }}"));
            repository.branch("main", main);
            for (int p = 1; p <= PULL_REQUESTS; p++) {
                ObjectId head = repository.commit(
                        files("dbt_project.yml", "name: shop\nmodel-paths: [models]\n")
                                .file("models/stg_orders.sql", "select id, status, " + p + " as n from raw.orders")
                                .file("models/fct_orders.sql", "select id, amount from {{ ref('stg_orders') }}"),
                        main);
                repository.branch("feature-" + p, head);
                RepositoryKey key = new RepositoryKey(WORKSPACE, "{r" + r + "}");
                topics.send(Topics.BITBUCKET_WEBHOOKS, key, delivery(r, p, head, main));
                // and the same once more, as a repository's own hook beside the workspace's would
                topics.send(Topics.BITBUCKET_WEBHOOKS, key, delivery(r, p, head, main));
            }
        }
    }

    private static WebhookDelivery delivery(int repository, int number, ObjectId head, ObjectId base) {
        String body = """
                {"repository": {"full_name": "acme/r%d", "uuid": "{r%d}"},
                 "pullrequest": {"id": %d, "title": "Drop amount", "state": "OPEN",
                   "updated_on": "2026-03-01T00:00:%02d+00:00",
                   "source": {"commit": {"hash": "%s"}, "branch": {"name": "feature-%d"},
                     "repository": {"full_name": "acme/r%d", "uuid": "{r%d}"}},
                   "destination": {"commit": {"hash": "%s"}, "branch": {"name": "main"},
                     "repository": {"full_name": "acme/r%d", "uuid": "{r%d}"}}}}
                """.formatted(
                        repository,
                        repository,
                        number,
                        number,
                        head.name().substring(0, 12),
                        number,
                        repository,
                        repository,
                        base.name().substring(0, 12),
                        repository,
                        repository);
        return WebhookDelivery.newBuilder()
                .setConnectionId("acme")
                .setRequestId("request")
                .setEventKey("pullrequest:created")
                .setReceivedAt(Instant.parse("2026-03-01T00:00:00Z"))
                .setProvenance(Provenance.newBuilder().setOrigin(Origin.WEBHOOK).build())
                .setBody(ByteBuffer.wrap(body.getBytes(UTF_8)))
                .build();
    }

    private void awaitReports(int count) {
        topics.await(Topics.IMPACT_REPORTS, PATIENCE, found -> found.size() >= count);
    }

    private static Map<String, String> reportIds(List<ConsumerRecord<PullRequestKey, ImpactReport>> records) {
        Map<String, String> ids = new TreeMap<>();
        records.forEach(record -> ids.put(record.key().text(), record.value().getReportId()));
        return ids;
    }

    private AnalyzerConfig config(String application, String data, String protocol) {
        return new AnalyzerConfig(
                KafkaSettings.of(cluster.bootstrapServers(), URI.create(cluster.schemaRegistryUrl())),
                new ConnectionSettings(Optional.empty(), Optional.of(keyFile), Optional.empty(), Optional.empty()),
                git.host().base(),
                new AnalyzerConfig.AdminListener("127.0.0.1", 0),
                application,
                folder.resolve(data),
                2,
                3,
                protocol,
                false,
                Duration.ofDays(7),
                Duration.ofHours(24),
                Duration.ofMinutes(5),
                new ByteSize(1L << 24),
                new AnalyzerConfig.MirrorSettings(
                        new ByteSize(1L << 30),
                        new ByteSize(8L << 20),
                        10_000,
                        Duration.ofSeconds(60),
                        Duration.ofSeconds(20),
                        new ByteSize(1L << 30)));
    }
}
