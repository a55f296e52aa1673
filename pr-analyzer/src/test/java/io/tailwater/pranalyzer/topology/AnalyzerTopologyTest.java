package io.tailwater.pranalyzer.topology;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tailwater.pranalyzer.impact.AnalysisResult;
import io.tailwater.pranalyzer.impact.BaselineResult;
import io.tailwater.pranalyzer.impact.Obstacle;
import io.tailwater.pranalyzer.work.WorkPool;
import io.tailwater.schemas.event.Origin;
import io.tailwater.schemas.event.Provenance;
import io.tailwater.schemas.event.PullRequestEvent;
import io.tailwater.schemas.event.PullRequestEventKind;
import io.tailwater.schemas.event.RepositoryEventKind;
import io.tailwater.schemas.event.WebhookDelivery;
import io.tailwater.schemas.lineage.LineageAsset;
import io.tailwater.schemas.lineage.Location;
import io.tailwater.schemas.report.ChangeSet;
import io.tailwater.schemas.report.Comparison;
import io.tailwater.schemas.report.Coverage;
import io.tailwater.schemas.report.ImpactReport;
import io.tailwater.schemas.report.Outcome;
import io.tailwater.schemas.report.Verdict;
import io.tailwater.schemas.topic.DatasetKey;
import io.tailwater.schemas.topic.PullRequestKey;
import io.tailwater.schemas.topic.RecordKey;
import io.tailwater.schemas.topic.RepositoryKey;
import io.tailwater.schemas.topic.Topic;
import io.tailwater.schemas.topic.Topics;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnalyzerTopologyTest {

    private static final String WORKSPACE = "{workspace}";
    private static final String REPOSITORY = "{repository}";
    private static final RepositoryKey KEY = new RepositoryKey(WORKSPACE, REPOSITORY);
    private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");
    private static final RecordSerdes SERDES = new PlainAvroSerdes();

    private final Deque<Runnable> work = new ArrayDeque<>();
    private final List<String> analysed = new ArrayList<>();
    private final Map<String, AnalysisResult> answers = new HashMap<>();
    private final Map<String, String> tokens = new HashMap<>(Map.of("acme", "token-1"));
    private BaselineResult baseline = new BaselineResult.Extracted("main", "b".repeat(40), List.of());

    @TempDir
    private Path folder;

    private TopologyTestDriver driver;

    @BeforeEach
    void start() {
        driver = driver();
    }

    @AfterEach
    void stop() {
        driver.close();
    }

    @Test
    void reportsHeadOfOpenedPullRequest() {
        deliver("pullrequest:created", 1, "a", 0);
        workAndLook();

        List<ImpactReport> reports = reports();

        assertThat(reports).singleElement().satisfies(report -> {
            ChangeSet changeSet = report.getChangeSet();
            assertThat(changeSet.getOutcome()).isEqualTo(Outcome.REPORTED);
            assertThat(changeSet.getRequestedHead()).isEqualTo(commit("a").substring(0, 12));
            assertThat(changeSet.getComparison().getHead()).isEqualTo(commit("a"));
            assertThat(report.getReportId()).matches("[0-9a-f]{64}");
        });
    }

    @Test
    void dropsDeliveryThatSaysTheSameAgain() {
        deliver("pullrequest:created", 1, "a", 0);
        deliver("pullrequest:created", 1, "a", 0);
        workAndLook();

        assertThat(output(Topics.PULL_REQUEST_EVENTS).readKeyValuesToList()).hasSize(1);
        assertThat(reports()).hasSize(1);
        assertThat(analysed).hasSize(1);
    }

    @Test
    void analysesNothingAgainWhenOnlyTheTitleChanged() {
        deliver("pullrequest:created", 1, "a", 0);
        workAndLook();
        deliver("pullrequest:updated", 1, "a", 60);
        workAndLook();

        assertThat(reports()).hasSize(1);
        assertThat(analysed).hasSize(1);
    }

    @Test
    void supersedesUnfinishedHeadByNewerOne() {
        deliver("pullrequest:created", 1, "a", 0);
        deliver("pullrequest:updated", 1, "c", 60);
        workAndLook();

        assertThat(endings()).containsExactly("aaaaaaaaaaaa SUPERSEDED", "cccccccccccc REPORTED");
    }

    @Test
    void dropsResultOfHeadThatWasSupersededWhileWorkedOn() {
        deliver("pullrequest:created", 1, "a", 0);
        work.remove().run(); // the repository's baseline
        Runnable running = work.remove();
        deliver("pullrequest:updated", 1, "c", 60);
        running.run();
        workAndLook();

        assertThat(endings()).containsExactly("aaaaaaaaaaaa SUPERSEDED", "cccccccccccc REPORTED");
        assertThat(analysed)
                .containsExactly(commit("a").substring(0, 12), commit("c").substring(0, 12));
    }

    @Test
    void changesNothingForLateOlderEvent() {
        deliver("pullrequest:updated", 1, "c", 60);
        workAndLook();
        deliver("pullrequest:created", 1, "a", 0);
        workAndLook();

        assertThat(endings()).containsExactly("cccccccccccc REPORTED");
    }

    @Test
    void skipsUnfinishedHeadOfMergedPullRequest() {
        deliver("pullrequest:created", 1, "a", 0);
        deliver("pullrequest:fulfilled", 1, "a", 60);
        workAndLook();

        assertThat(reports()).singleElement().satisfies(report -> {
            assertThat(report.getChangeSet().getOutcome()).isEqualTo(Outcome.SKIPPED);
            assertThat(report.getChangeSet().getReason()).contains("merged");
        });
    }

    @Test
    void writesNothingForPullRequestMergedAfterItsReport() {
        deliver("pullrequest:created", 1, "a", 0);
        workAndLook();
        deliver("pullrequest:fulfilled", 1, "a", 60);
        workAndLook();

        assertThat(endings()).containsExactly("aaaaaaaaaaaa REPORTED");
    }

    @Test
    void ignoresEventForDeclinedPullRequestNeverSeen() {
        deliver("pullrequest:rejected", 1, "a", 0);
        workAndLook();

        assertThat(reports()).isEmpty();
    }

    @Test
    void analysesHistoricalPullRequestThatIsMergedAlready() {
        deliver("pullrequest:fulfilled", 1, "a", 0, Origin.BACKFILL, "history");
        workAndLook();

        assertThat(reports()).singleElement().satisfies(report -> {
            assertThat(report.getChangeSet().getOutcome()).isEqualTo(Outcome.REPORTED);
            assertThat(report.getChangeSet().getProvenance().getRunName()).isEqualTo("history");
        });
    }

    @Test
    void doesNotLetReplaySilenceLiveEvents() {
        deliver("pullrequest:updated", 1, "c", 60, Origin.REPLAY, "again");
        deliver("pullrequest:created", 1, "a", 0);
        workAndLook();

        assertThat(endings()).containsExactlyInAnyOrder("cccccccccccc REPORTED", "aaaaaaaaaaaa REPORTED");
    }

    @Test
    void reportsEveryReplayedHeadAlthoughTheyComeAtOnce() {
        deliver("pullrequest:created", 1, "a", 0, Origin.REPLAY, "again");
        deliver("pullrequest:updated", 1, "c", 60, Origin.REPLAY, "again");
        deliver("pullrequest:fulfilled", 1, "c", 120, Origin.REPLAY, "again");
        workAndLook();
        workAndLook();

        assertThat(endings()).containsExactlyInAnyOrder("aaaaaaaaaaaa REPORTED", "cccccccccccc REPORTED");
    }

    @Test
    void analysesADeadLetterAgainThatAPersonSentBack() {
        answers.put(commit("a").substring(0, 12), new AnalysisResult.Hindered(new Obstacle.Terminal("too large")));
        deliver("pullrequest:created", 1, "a", 0);
        workAndLook();
        answers.clear();
        var event = output(Topics.PULL_REQUEST_EVENTS).readKeyValue();
        TestInputTopic<PullRequestKey, PullRequestEvent> events = driver.createInputTopic(
                Topics.PULL_REQUEST_EVENTS.name(),
                SERDES.key(Topics.PULL_REQUEST_EVENTS).serializer(),
                SERDES.value(Topics.PULL_REQUEST_EVENTS).serializer());

        events.pipeInput(event.key, event.value);
        workAndLook();
        assertThat(endings()).containsExactly("aaaaaaaaaaaa FAILED");
        TestRecord<PullRequestKey, PullRequestEvent> retry = new TestRecord<>(event.key, event.value);
        retry.headers().add(Topics.RETRY_HEADER, "pull-request-events-dead-letters.v1/0/0".getBytes(UTF_8));
        events.pipeInput(retry);
        workAndLook();

        assertThat(endings()).containsExactly("aaaaaaaaaaaa REPORTED");
    }

    @Test
    void goesOnWithTheSameTokenWhenItWasFoundGoodAgain() {
        answers.put(
                commit("a").substring(0, 12),
                new AnalysisResult.Hindered(new Obstacle.NeedsToken("refused", "token-1")));
        deliver("pullrequest:created", 1, "a", 0);
        workAndLook();
        answers.clear();
        tokens.remove("acme");
        look(Duration.ofSeconds(2));
        assertThat(reports()).isEmpty();

        tokens.put("acme", "token-1");
        look(Duration.ofSeconds(2));
        workAndLook();

        assertThat(endings()).containsExactly("aaaaaaaaaaaa REPORTED");
    }

    @Test
    void letsLiveWorkOvertakeBackfill() {
        deliver("pullrequest:created", 9, "f", 0);
        deliver("pullrequest:created", 1, "a", 0, Origin.BACKFILL, "history");
        deliver("pullrequest:created", 2, "c", 30, Origin.WEBHOOK, null);
        // one repository: one piece of work at a time, the first one has begun
        workAndLook();

        assertThat(analysed)
                .containsExactly(
                        commit("f").substring(0, 12),
                        commit("c").substring(0, 12),
                        commit("a").substring(0, 12));
    }

    @Test
    void parksWorkUntilConnectionHasAnotherToken() {
        answers.put(
                commit("a").substring(0, 12),
                new AnalysisResult.Hindered(new Obstacle.NeedsToken("refused", "token-1")));
        deliver("pullrequest:created", 1, "a", 0);
        workAndLook();
        for (int i = 0; i < 5; i++) {
            workAndLook();
        }
        assertThat(reports()).isEmpty();
        assertThat(analysed).hasSize(1);

        answers.clear();
        tokens.put("acme", "token-2");
        look(Duration.ofSeconds(2));
        workAndLook();

        assertThat(reports())
                .singleElement()
                .satisfies(
                        report -> assertThat(report.getChangeSet().getOutcome()).isEqualTo(Outcome.REPORTED));
    }

    @Test
    void triesAgainForCommitThatIsNotThereYetAndSkipsItInTheEnd() {
        answers.put(commit("a").substring(0, 12), new AnalysisResult.Hindered(new Obstacle.NotThereYet("not there")));
        deliver("pullrequest:created", 1, "a", 0);
        workAndLook();
        assertThat(reports()).isEmpty();
        for (int i = 0; i < 30; i++) {
            look(Duration.ofSeconds(5));
            workAndLook();
        }

        assertThat(analysed).hasSizeBetween(4, 12);
        assertThat(reports()).singleElement().satisfies(report -> {
            assertThat(report.getChangeSet().getOutcome()).isEqualTo(Outcome.SKIPPED);
            assertThat(report.getChangeSet().getReason()).isEqualTo("not there");
        });
    }

    @Test
    void findsCommitThatArrivesAMomentLater() {
        answers.put(commit("a").substring(0, 12), new AnalysisResult.Hindered(new Obstacle.NotThereYet("not there")));
        deliver("pullrequest:created", 1, "a", 0);
        workAndLook();
        answers.clear();
        look(Duration.ofSeconds(3));
        workAndLook();

        assertThat(endings()).containsExactly("aaaaaaaaaaaa REPORTED");
    }

    @Test
    void setsTerminalFailureAsideAndSaysSo() {
        answers.put(commit("a").substring(0, 12), new AnalysisResult.Hindered(new Obstacle.Terminal("too large")));
        deliver("pullrequest:created", 1, "a", 0);
        workAndLook();

        assertThat(endings()).containsExactly("aaaaaaaaaaaa FAILED");
        List<TestRecord<byte[], byte[]>> letters = driver.createOutputTopic(
                        "pull-request-events-dead-letters.v1", new ByteArrayDeserializer(), new ByteArrayDeserializer())
                .readRecordsToList();
        assertThat(letters).singleElement().satisfies(letter -> {
            assertThat(new String(letter.key(), UTF_8)).isEqualTo(new PullRequestKey(WORKSPACE, REPOSITORY, 1).text());
            assertThat(new String(
                            letter.headers()
                                    .lastHeader(DeadLetterRecords.MESSAGE)
                                    .value(),
                            UTF_8))
                    .isEqualTo("too large");
        });
    }

    @Test
    void reportsFaultOfOursAsFailureAndGoesOn() {
        answers.put("boom", new AnalysisResult.Hindered(new Obstacle.Terminal("unused")));
        deliver("pullrequest:created", 1, "e", 0); // the fake throws for this one
        deliver("pullrequest:created", 2, "a", 0);
        workAndLook();

        assertThat(endings()).containsExactlyInAnyOrder("eeeeeeeeeeee FAILED", "aaaaaaaaaaaa REPORTED");
    }

    @Test
    void resubmitsParkedWorkAfterRestart() {
        deliver("pullrequest:created", 1, "a", 0);
        work.clear(); // the process died before the work was done
        List<KeyValue<String, PullRequestEvent>> stored = new ArrayList<>();
        try (var open = driver.<String, PullRequestEvent>getKeyValueStore(Names.REQUESTS_STORE)
                .all()) {
            open.forEachRemaining(stored::add);
        }
        assertThat(stored).hasSize(1);
        driver.close();

        driver = driver();
        // what the changelog would restore
        stored.forEach(entry -> driver.<String, PullRequestEvent>getKeyValueStore(Names.REQUESTS_STORE)
                .put(entry.key, entry.value));
        deliver("pullrequest:updated", 1, "a", 60);
        workAndLook();

        assertThat(endings()).containsExactly("aaaaaaaaaaaa REPORTED");
    }

    @Test
    void asksForBaselineWhenRepositoryIsSeenFirst() {
        deliver("pullrequest:created", 1, "a", 0);
        deliver("pullrequest:created", 2, "c", 0);

        assertThat(output(Topics.REPOSITORY_EVENTS).readValuesToList())
                .singleElement()
                .satisfies(event -> assertThat(event.getKind()).isEqualTo(RepositoryEventKind.ADDED));
    }

    @Test
    void noticesThatTheDestinationIsAnotherBranch() {
        deliver("pullrequest:created", 1, "a", 0);
        input().pipeInput(
                        KEY,
                        delivery(
                                "pullrequest:updated",
                                body(1, "a", "release", START.plusSeconds(60)),
                                Origin.WEBHOOK,
                                null),
                        START);

        assertThat(output(Topics.PULL_REQUEST_EVENTS).readValuesToList())
                .extracting(PullRequestEvent::getKind)
                .containsExactly(PullRequestEventKind.OPENED, PullRequestEventKind.RETARGETED);
    }

    @Test
    void skipsPullRequestWhoseSourceIsGone() {
        String body = body(1, "a", "main", START).replaceFirst("\"source\": \\{", "\"source\": null, \"x\": {");
        input().pipeInput(KEY, delivery("pullrequest:updated", body, Origin.WEBHOOK, null), START);
        workAndLook();

        assertThat(reports()).singleElement().satisfies(report -> {
            assertThat(report.getChangeSet().getOutcome()).isEqualTo(Outcome.SKIPPED);
            assertThat(report.getChangeSet().getReason()).contains("source branch");
        });
    }

    @Test
    void setsMalformedDeliveryAsideAsItCame() {
        WebhookDelivery malformed = delivery("pullrequest:updated", "{", Origin.WEBHOOK, null);
        input().pipeInput(KEY, malformed, START);
        deliver("pullrequest:created", 1, "a", 0);
        workAndLook();

        var letters = driver.createOutputTopic(
                        "bitbucket-webhooks-dead-letters.v1",
                        SERDES.key(Topics.BITBUCKET_WEBHOOKS).deserializer(),
                        SERDES.value(Topics.BITBUCKET_WEBHOOKS).deserializer())
                .readRecordsToList();
        assertThat(letters).singleElement().satisfies(letter -> {
            assertThat(letter.value()).isEqualTo(malformed);
            assertThat(new String(
                            letter.headers().lastHeader(DeadLetterRecords.TOPIC).value(), UTF_8))
                    .isEqualTo("bitbucket-webhooks.v1");
        });
        assertThat(endings()).containsExactly("aaaaaaaaaaaa REPORTED");
    }

    @Test
    void writesChangedDatasetsOnlyAndTombstonesForThoseGone() {
        baseline = new BaselineResult.Extracted(
                "main", commit("1"), List.of(asset("kept", "1", 1), asset("moved", "1", 1), asset("gone", "1", 1)));
        push("main", "1", 0);
        workAndLook();
        assertThat(output(Topics.LINEAGE_ASSETS).readKeyValuesToList()).hasSize(3);

        baseline = new BaselineResult.Extracted(
                "main", commit("2"), List.of(asset("kept", "2", 1), asset("moved", "2", 7), asset("new", "2", 1)));
        push("main", "2", 60);
        workAndLook();

        Map<String, @Nullable LineageAsset> written = new HashMap<>();
        output(Topics.LINEAGE_ASSETS)
                .readKeyValuesToList()
                .forEach(entry -> written.put(entry.key.dataset(), entry.value));
        assertThat(written).containsOnlyKeys("moved", "new", "gone");
        assertThat(written.get("gone")).isNull();
    }

    @Test
    void writesTombstonesForRemovedRepository() {
        baseline = new BaselineResult.Extracted("main", commit("1"), List.of(asset("orders", "1", 1)));
        push("main", "1", 0);
        workAndLook();
        input().pipeInput(
                        KEY,
                        delivery(
                                "repo:deleted",
                                "{\"repository\": {\"full_name\": \"acme/warehouse\"}}",
                                Origin.WEBHOOK,
                                null),
                        START);

        List<KeyValue<DatasetKey, LineageAsset>> written =
                output(Topics.LINEAGE_ASSETS).readKeyValuesToList();
        assertThat(written).hasSize(2);
        assertThat(written.get(1)).isEqualTo(new KeyValue<>(new DatasetKey(WORKSPACE, REPOSITORY, "orders"), null));
    }

    @Test
    void doesNotAskTheServerForPushesToOtherBranches() {
        push("main", "1", 0);
        workAndLook();
        push("feature", "2", 60);

        assertThat(work).isEmpty();
    }

    @Test
    void searchesOtherRepositoriesOfTheSameWorkspaceOnly() {
        assets("{other}", "acme/looker");
        driver.createInputTopic(
                        Topics.LINEAGE_ASSETS.name(),
                        SERDES.key(Topics.LINEAGE_ASSETS).serializer(),
                        SERDES.value(Topics.LINEAGE_ASSETS).serializer())
                .pipeInput(
                        new DatasetKey("{foreign}", "{r}", "d"),
                        LineageAsset.newBuilder(asset("d", "1", 1))
                                .setRepository("foreign/r")
                                .build());
        deliver("pullrequest:created", 1, "a", 0);
        workAndLook();

        assertThat(reports())
                .singleElement()
                .satisfies(
                        report -> assertThat(report.getSearchedRepositories()).containsExactly("acme/looker"));
    }

    @Test
    void givesSameReportIdsWhenEverythingIsReadAgain(@TempDir Path again) {
        deliver("pullrequest:created", 1, "a", 0);
        workAndLook();
        deliver("pullrequest:updated", 1, "c", 60);
        workAndLook();
        List<String> first = reports().stream().map(ImpactReport::getReportId).toList();
        driver.close();
        folder = again;
        driver = driver();
        deliver("pullrequest:created", 1, "a", 0);
        workAndLook();
        deliver("pullrequest:updated", 1, "c", 60);
        workAndLook();

        assertThat(reports().stream().map(ImpactReport::getReportId))
                .isEqualTo(first)
                .hasSize(2);
    }

    @Test
    void namesEveryStoreAndProcessor() {
        String described = AnalyzerTopology.build(parts()).describe().toString();

        assertThat(described).doesNotContainPattern("(KSTREAM|KTABLE|STATE-STORE)-");
    }

    private TopologyTestDriver driver() {
        Properties settings = new Properties();
        settings.putAll(AnalyzerTopology.requiredSettings());
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "analyzer-test");
        settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "unused:1");
        settings.put(StreamsConfig.STATE_DIR_CONFIG, folder.toString());
        return new TopologyTestDriver(AnalyzerTopology.build(parts()), settings, START);
    }

    private TopologyParts parts() {
        return new TopologyParts(
                SERDES,
                new WorkPool(work::add, 4),
                event -> {
                    String head = event.getHead().getCommit();
                    analysed.add(head);
                    if (head.startsWith("e")) {
                        throw new IllegalStateException("a fault of ours");
                    }
                    return answers.getOrDefault(head, new AnalysisResult.Compared(comparison(head)));
                },
                (event, standing) -> baseline,
                (changeSet, comparison, others) -> comparison,
                tokens::get,
                TopologyMeters.NONE,
                new TopologySettings(
                        Duration.ofDays(7),
                        Duration.ofMillis(50),
                        Duration.ofSeconds(75),
                        Duration.ofDays(1),
                        64,
                        true));
    }

    private static Comparison comparison(String head) {
        return Comparison.newBuilder()
                .setSuppressed(java.util.List.of())
                .setHead(head.substring(0, 1).repeat(40))
                .setBase(commit("b"))
                .setMergeBase(commit("b"))
                .setVerdict(Verdict.NONE)
                .setComplete(true)
                .setCoverage(new Coverage(0, 0, 0))
                .build();
    }

    private void deliver(String eventKey, long number, String head, long seconds) {
        deliver(eventKey, number, head, seconds, Origin.WEBHOOK, null);
    }

    private void deliver(String eventKey, long number, String head, long seconds, Origin origin, @Nullable String run) {
        Instant updatedOn = START.plusSeconds(seconds);
        String state = switch (eventKey) {
            case "pullrequest:fulfilled" -> "MERGED";
            case "pullrequest:rejected" -> "DECLINED";
            default -> "OPEN";
        };
        String body = body(number, head, "main", updatedOn).replace("OPEN", state);
        input().pipeInput(KEY, delivery(eventKey, body, origin, run), updatedOn);
    }

    private void push(String branch, String commit, long seconds) {
        String body = """
                {"repository": {"full_name": "acme/warehouse"}, "push": {"changes": [
                  {"new": {"type": "branch", "name": "%s", "target": {"hash": "%s"}}, "old": null}]}}
                """.formatted(branch, commit(commit));
        input().pipeInput(KEY, delivery("repo:push", body, Origin.WEBHOOK, null), START.plusSeconds(seconds));
    }

    private void assets(String repositoryUuid, String repository) {
        driver.createInputTopic(
                        Topics.LINEAGE_ASSETS.name(),
                        SERDES.key(Topics.LINEAGE_ASSETS).serializer(),
                        SERDES.value(Topics.LINEAGE_ASSETS).serializer())
                .pipeInput(
                        new DatasetKey(WORKSPACE, repositoryUuid, "customers"),
                        LineageAsset.newBuilder(asset("customers", "1", 1))
                                .setRepositoryUuid(repositoryUuid)
                                .setRepository(repository)
                                .build());
    }

    private static String body(long number, String head, String branch, Instant updatedOn) {
        return """
                {"repository": {"full_name": "acme/warehouse", "uuid": "{repository}"},
                 "pullrequest": {"id": %d, "title": "Drop a column", "state": "OPEN", "updated_on": "%s",
                   "source": {"commit": {"hash": "%s"}, "branch": {"name": "feature"},
                     "repository": {"full_name": "acme/warehouse", "uuid": "{repository}"}},
                   "destination": {"commit": {"hash": "bbbbbbbbbbbb"}, "branch": {"name": "%s"},
                     "repository": {"full_name": "acme/warehouse", "uuid": "{repository}"}}}}
                """.formatted(number, updatedOn, commit(head).substring(0, 12), branch);
    }

    private static WebhookDelivery delivery(String eventKey, String body, Origin origin, @Nullable String run) {
        return WebhookDelivery.newBuilder()
                .setConnectionId("acme")
                .setRequestId("request")
                .setEventKey(eventKey)
                .setReceivedAt(START)
                .setProvenance(Provenance.newBuilder()
                        .setOrigin(origin)
                        .setRunName(run)
                        .build())
                .setBody(ByteBuffer.wrap(body.getBytes(UTF_8)))
                .build();
    }

    private static LineageAsset asset(String dataset, String revision, int line) {
        return LineageAsset.newBuilder()
                .setWorkspaceUuid(WORKSPACE)
                .setRepositoryUuid(REPOSITORY)
                .setRepository("acme/warehouse")
                .setDataset(dataset)
                .setKind("model")
                .setAt(new Location("acme/warehouse", "models/" + dataset + ".sql", line, commit(revision)))
                .build();
    }

    private static String commit(String digit) {
        return digit.repeat(40);
    }

    /** Does all work there is, and lets the stream thread look for results. */
    private void workAndLook() {
        for (Runnable next = work.poll(); next != null; next = work.poll()) {
            next.run();
        }
        look(Duration.ofMillis(100));
    }

    private void look(Duration later) {
        driver.advanceWallClockTime(later);
    }

    private TestInputTopic<RepositoryKey, WebhookDelivery> input() {
        return driver.createInputTopic(
                Topics.BITBUCKET_WEBHOOKS.name(),
                SERDES.key(Topics.BITBUCKET_WEBHOOKS).serializer(),
                SERDES.value(Topics.BITBUCKET_WEBHOOKS).serializer());
    }

    private <K extends RecordKey, V extends SpecificRecord> TestOutputTopic<K, V> output(Topic<K, V> topic) {
        return driver.createOutputTopic(
                topic.name(),
                SERDES.key(topic).deserializer(),
                SERDES.value(topic).deserializer());
    }

    private List<ImpactReport> reports() {
        return output(Topics.IMPACT_REPORTS).readValuesToList();
    }

    private List<String> endings() {
        return reports().stream()
                .map(report -> report.getChangeSet().getRequestedHead() + " "
                        + report.getChangeSet().getOutcome())
                .toList();
    }
}
