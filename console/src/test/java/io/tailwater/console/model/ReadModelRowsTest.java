package io.tailwater.console.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwater.console.model.PullRequests.Filter;
import io.tailwater.schemas.activity.Activity;
import io.tailwater.schemas.event.Origin;
import io.tailwater.schemas.event.Provenance;
import io.tailwater.schemas.event.PullRequestEvent;
import io.tailwater.schemas.event.PullRequestEventKind;
import io.tailwater.schemas.event.PullRequestRef;
import io.tailwater.schemas.event.PullRequestSide;
import io.tailwater.schemas.report.ChangeSet;
import io.tailwater.schemas.report.Comparison;
import io.tailwater.schemas.report.Coverage;
import io.tailwater.schemas.report.ImpactReport;
import io.tailwater.schemas.report.Outcome;
import io.tailwater.schemas.report.Verdict;
import io.tailwater.schemas.serde.TrustedRecords;
import io.tailwater.schemas.topic.PullRequestKey;
import io.tailwater.schemas.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ReadModelRowsTest {

    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

    private final Database database = Database.inMemory(UUID.randomUUID().toString());
    private final PullRequests pullRequests = new PullRequests(database.jdbi());

    @BeforeAll
    static void trustOurRecords() {
        TrustedRecords.install();
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void aPullRequestWaitsUntilItsNewestHeadIsReported() {
        event(1, "aaaaaaaaaaaa", NOON, "Drop email");
        assertThat(pullRequests.list(Filter.ALL, 1, 25).rows()).singleElement().satisfies(row -> {
            assertThat(row.pending()).isTrue();
            assertThat(row.reportId()).isEmpty();
        });
        report("r1", 1, "a".repeat(40), NOON, Verdict.BREAKING, "");
        assertThat(pullRequests.list(Filter.ALL, 1, 25).rows()).singleElement().satisfies(row -> {
            assertThat(row.pending()).isFalse();
            assertThat(row.verdict()).contains("BREAKING");
        });
        event(1, "bbbbbbbbbbbb", NOON.plusSeconds(60), "Drop email");
        assertThat(pullRequests.progress("c")).isEqualTo(new PullRequests.Progress(1, 1, 0, 0));
    }

    @Test
    void aLateOlderReportAndAReplayLeaveTheNewestInPlace() {
        report("r2", 1, "b".repeat(40), NOON.plusSeconds(60), Verdict.NONE, "");
        report("r1", 1, "a".repeat(40), NOON, Verdict.BREAKING, "");
        report("r3", 1, "c".repeat(40), NOON.plusSeconds(90), Verdict.BREAKING, "try");
        assertThat(pullRequests.newestReport("acme", "shop", 1))
                .hasValueSatisfying(
                        stored -> assertThat(stored.report().getReportId()).isEqualTo("r2"));
        assertThat(pullRequests.report("r1")).hasValueSatisfying(stored -> {
            assertThat(stored.newest()).isFalse();
            assertThat(stored.newestId()).contains("r2");
        });
        assertThat(pullRequests.report("r3"))
                .hasValueSatisfying(stored -> assertThat(stored.runName()).isEqualTo("try"));
    }

    @Test
    void takingTheSameRecordsTwiceChangesNothing() {
        for (int time = 0; time < 2; time++) {
            event(1, "aaaaaaaaaaaa", NOON, "Drop email");
            report("r1", 1, "a".repeat(40), NOON, Verdict.BREAKING, "");
        }
        assertThat(pullRequests.list(Filter.ALL, 1, 25).total()).isEqualTo(1);
        assertThat(pullRequests.report("r1"))
                .hasValueSatisfying(stored -> assertThat(stored.newest()).isTrue());
    }

    @Test
    void oldReportsOfAPullRequestAreDropped() {
        for (int number = 0; number < 30; number++) {
            report("r" + number, 1, "a".repeat(40), NOON.plusSeconds(number), Verdict.NONE, "");
        }
        assertThat(pullRequests.report("r29")).isPresent();
        assertThat(pullRequests.report("r19")).isPresent();
        assertThat(pullRequests.report("r18")).isEmpty();
    }

    @Test
    void searchTakesSignsOfPatternsAsTheyAre() {
        event(1, "aaaaaaaaaaaa", NOON, "100% of orders_v2");
        event(2, "bbbbbbbbbbbb", NOON, "100 of orders-v2");
        assertThat(pullRequests.list(new Filter("100% OF", "", "", ""), 1, 25).rows())
                .extracting(PullRequestRow::number)
                .containsExactly(1L);
        assertThat(pullRequests.list(new Filter("orders_", "", "", ""), 1, 25).total())
                .isEqualTo(1);
        assertThat(pullRequests.list(new Filter("#2", "", "", ""), 1, 25).rows())
                .extracting(PullRequestRow::number)
                .containsExactly(2L);
        assertThat(pullRequests
                        .list(new Filter("", "acme/other", "", ""), 1, 25)
                        .total())
                .isZero();
        assertThat(pullRequests
                        .list(new Filter("", "acme/shop", "PENDING", "c"), 1, 25)
                        .total())
                .isEqualTo(2);
    }

    @Test
    void aPageBeyondTheLastIsTheLast() {
        for (int number = 1; number <= 5; number++) {
            event(number, "aaaaaaaaaaaa", NOON.plusSeconds(number), "Number " + number);
        }
        Listing<PullRequestRow> last = pullRequests.list(Filter.ALL, 99, 2);
        assertThat(last.page()).isEqualTo(3);
        assertThat(last.rows()).extracting(PullRequestRow::number).containsExactly(1L);
    }

    @Test
    void aDeadLetterTellsWhenItWasTakenUpAgain() {
        ConsumerRecord<byte[], byte[]> record = new ConsumerRecord<>(
                Topics.IMPACT_REPORTS.deadLetters(), 3, 7, "key".getBytes(StandardCharsets.UTF_8), new byte[] {1});
        record.headers().add("__streams.errors.message", "no such thing".getBytes(StandardCharsets.UTF_8));
        record.headers().add("__streams.errors.offset", "99999999999999999999".getBytes(StandardCharsets.UTF_8));
        database.jdbi().useTransaction(rows -> OtherTakers.deadLetter(rows, record));
        Records records = new Records(database.jdbi());
        assertThat(records.deadLetters(1, 25).rows()).singleElement().satisfies(letter -> {
            assertThat(letter.sourceTopic()).isEqualTo(Topics.IMPACT_REPORTS.name());
            assertThat(letter.sourceOffset()).isEqualTo(-1);
            assertThat(letter.cause()).isEqualTo("no such thing");
            assertThat(letter.retriedAt()).isEmpty();
        });
        Activity retried = Activity.newBuilder()
                .setActivityId(UUID.randomUUID().toString())
                .setAt(NOON)
                .setActor("ada")
                .setAddress("127.0.0.1")
                .setAction(Records.RETRIED)
                .setSubject(records.deadLetters(1, 25).rows().getFirst().name())
                .build();
        database.jdbi().useTransaction(rows -> OtherTakers.activity(rows, retried));
        assertThat(records.deadLetter(record.topic(), 3, 7)).hasValueSatisfying(letter -> {
            assertThat(letter.retriedAt()).contains(NOON);
            assertThat(letter.retriedBy()).isEqualTo("ada");
        });
        assertThat(records.activities(1, 25).total()).isEqualTo(1);
    }

    @Test
    void aTombstoneTakesReportsAway() {
        report("r1", 1, "a".repeat(40), NOON, Verdict.NONE, "");
        database.jdbi().useTransaction(rows -> PullRequestTakers.report(rows, key(1), null));
        assertThat(pullRequests.report("r1")).isEmpty();
        assertThat(pullRequests.reportedThrough("c")).isEmpty();
    }

    private void event(long number, String head, Instant updatedOn, String title) {
        PullRequestEvent event = PullRequestEvent.newBuilder()
                .setPullRequest(reference(number))
                .setConnectionId("c")
                .setKind(PullRequestEventKind.OPENED)
                .setHead(new PullRequestSide(head, "drop-email", "acme/shop", "{r}"))
                .setTitle(title)
                .setUpdatedOn(updatedOn)
                .setProvenance(new Provenance(Origin.WEBHOOK, null, false))
                .setContentKey("k")
                .build();
        database.jdbi().useTransaction(rows -> PullRequestTakers.event(rows, key(number), event));
    }

    private void report(String id, long number, String head, Instant updatedOn, Verdict verdict, String replay) {
        Comparison comparison = Comparison.newBuilder()
                .setHead(head)
                .setBase("0".repeat(40))
                .setMergeBase("0".repeat(40))
                .setVerdict(verdict)
                .setComplete(true)
                .setCoverage(new Coverage(1, 1, 0))
                .build();
        ImpactReport report = ImpactReport.newBuilder()
                .setReportId(id)
                .setChangeSet(ChangeSet.newBuilder()
                        .setPullRequest(reference(number))
                        .setConnectionId("c")
                        .setRequestedHead(head)
                        .setTitle("Drop email")
                        .setOutcome(Outcome.REPORTED)
                        .setComparison(comparison)
                        .setIdempotencyKey("k")
                        .setRulesVersion("1")
                        .setUpdatedOn(updatedOn)
                        .setProvenance(
                                replay.isEmpty()
                                        ? new Provenance(Origin.WEBHOOK, null, false)
                                        : new Provenance(Origin.REPLAY, replay, false))
                        .build())
                .setCreatedAt(updatedOn)
                .build();
        database.jdbi().useTransaction(rows -> PullRequestTakers.report(rows, key(number), report));
    }

    private static PullRequestKey key(long number) {
        return PullRequestKey.of(reference(number));
    }

    private static PullRequestRef reference(long number) {
        return new PullRequestRef("{w}", "acme", "{r}", "shop", number);
    }
}
