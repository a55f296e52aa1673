package io.tailwater.publisher.publish;

import static io.tailwater.publisher.fixture.Reports.HEAD_1;
import static io.tailwater.publisher.fixture.Reports.HEAD_2;
import static io.tailwater.publisher.fixture.Reports.T1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.tailwater.publisher.fixture.Reports;
import io.tailwater.publisher.render.CommentLinks;
import io.tailwater.publisher.render.CommentRenderer;
import io.tailwater.schemas.event.Origin;
import io.tailwater.schemas.report.ImpactReport;
import io.tailwater.schemas.report.Outcome;
import io.tailwater.schemas.report.Publication;
import io.tailwater.schemas.report.PublicationStatus;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PlannerTest {

    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
    private static final Instant T2 = T1.plusSeconds(60);

    private final Planner planner = planner(PublishingRules.FINDINGS_AND_UNKNOWN);

    @Test
    void saysWhatBreaks() {
        Plan plan = planner.plan(Reports.breaking(1, HEAD_1, T1, "email"), Optional.empty());

        assertThat(plan).asInstanceOf(type(Plan.Say.class)).satisfies(say -> {
            assertThat(say.markdown()).startsWith("**1 break** · `1111111` against `main`");
            assertThat(say.findingKeys()).singleElement().asString().startsWith("b:");
            assertThat(say.contentHash()).matches("[0-9a-f]{64}");
        });
    }

    @Test
    void saysNothingWhereNothingIsFound() {
        assertNotPosted(planner.plan(Reports.breaking(1, HEAD_1, T1), Optional.empty()), "nothing found");
    }

    @Test
    void saysThatItCouldNotTell() {
        Plan plan = planner.plan(Reports.unknown(1, HEAD_1, T1), Optional.empty());

        assertThat(plan)
                .asInstanceOf(type(Plan.Say.class))
                .extracting(Plan.Say::markdown)
                .asString()
                .startsWith("**No impact found, but 1 of 20 files could not be analysed**");
    }

    @Test
    void staysSilentAboutUnknownWhereOnlyFindingsAreWanted() {
        Planner findingsOnly = planner(PublishingRules.FINDINGS_ONLY);

        assertNotPosted(findingsOnly.plan(Reports.unknown(1, HEAD_1, T1), Optional.empty()), "nothing found");
    }

    @Test
    void saysEverythingWhereThatIsWanted() {
        assertThat(planner(PublishingRules.EVERYTHING).plan(Reports.breaking(1, HEAD_1, T1), Optional.empty()))
                .isInstanceOf(Plan.Say.class);
    }

    @Test
    void saysThatNothingIsLeftWhereACommentStands() {
        Publication standing = published(Reports.breaking(1, HEAD_1, T1, "email"), Optional.empty());

        Plan plan = planner.plan(Reports.breaking(1, HEAD_2, T2), Optional.of(standing));

        assertThat(plan)
                .asInstanceOf(type(Plan.Say.class))
                .extracting(Plan.Say::markdown)
                .isEqualTo("**No impact left** · `2222222` · 1 break fixed");
    }

    @Test
    void saysWhatChangedSinceTheLastPush() {
        Publication standing = published(Reports.breaking(1, HEAD_1, T1, "email", "name"), Optional.empty());

        Plan plan = planner.plan(Reports.breaking(1, HEAD_2, T2, "email", "age", "city"), Optional.of(standing));

        assertThat(plan)
                .asInstanceOf(type(Plan.Say.class))
                .extracting(Plan.Say::markdown)
                .asString()
                .contains("\nSince `1111111`: 1 fixed, 2 new.\n");
    }

    @Test
    void ignoresAReportOlderThanWhatStands() {
        Publication standing = published(Reports.breaking(1, HEAD_2, T2, "email"), Optional.empty());

        assertThat(planner.plan(Reports.breaking(1, HEAD_1, T1, "name"), Optional.of(standing)))
                .isInstanceOf(Plan.Ignore.class);
    }

    @Test
    void ignoresTheSameReportASecondTime() {
        ImpactReport report = Reports.breaking(1, HEAD_1, T1, "email");

        assertThat(planner.plan(report, Optional.of(published(report, Optional.empty()))))
                .isInstanceOf(Plan.Ignore.class);
    }

    @Test
    void recordsASecondTimeNothingThatIsOnRecord() {
        ImpactReport report = Reports.breaking(1, HEAD_1, T1);
        Publication recorded = ((Plan.Settled) planner.plan(report, Optional.empty())).publication();

        assertThat(planner.plan(report, Optional.of(recorded))).isInstanceOf(Plan.Ignore.class);
    }

    @Test
    void changesNothingWhereAnotherReportSaysTheSame() {
        Publication standing = published(Reports.breaking(1, HEAD_1, T1, "email"), Optional.empty());
        ImpactReport again = Reports.breaking(1, HEAD_1, T1, "email");
        again.setReportId("another");

        assertThat(planner.plan(again, Optional.of(standing)))
                .asInstanceOf(type(Plan.Settled.class))
                .extracting(Plan.Settled::publication)
                .satisfies(publication -> {
                    assertThat(publication.getStatus()).isEqualTo(PublicationStatus.UNCHANGED);
                    assertThat(publication.getReportId()).isEqualTo("another");
                    assertThat(publication.getCommentId()).isEqualTo(77L);
                });
    }

    @ParameterizedTest
    @EnumSource(
            value = Origin.class,
            names = {"BACKFILL", "REPLAY"})
    void postsNothingForHistoryUnlessAsked(Origin origin) {
        ImpactReport report = Reports.from(Reports.breaking(1, HEAD_1, T1, "email"), origin, false);
        ImpactReport asked = Reports.from(Reports.breaking(1, HEAD_1, T1, "email"), origin, true);

        Plan silent = planner.plan(report, Optional.empty());

        assertNotPosted(silent, "no comment was asked for");
        assertThat(planner.plan(asked, Optional.of(((Plan.Settled) silent).publication())))
                .isInstanceOf(Plan.Say.class);
    }

    @Test
    void leavesTheRecordOfAStandingCommentAloneForHistory() {
        Publication standing = published(Reports.breaking(1, HEAD_1, T1, "email"), Optional.empty());
        ImpactReport replayed = Reports.from(Reports.breaking(1, HEAD_1, T1, "email"), Origin.REPLAY, false);
        replayed.setReportId("replayed");

        assertThat(planner.plan(replayed, Optional.of(standing))).isInstanceOf(Plan.Ignore.class);
    }

    @ParameterizedTest
    @EnumSource(
            value = Outcome.class,
            names = {"SKIPPED", "SUPERSEDED"})
    void postsNothingForWhatWasNotAnalysedOnPurpose(Outcome outcome) {
        assertNotPosted(
                planner.plan(Reports.ended(1, HEAD_1, T1, outcome, "fork is gone"), Optional.empty()), "fork is gone");
    }

    @Test
    void saysThatAnAnalysisFailedAndClaimsNothingAboutItLater() {
        ImpactReport failed = Reports.ended(1, HEAD_1, T1, Outcome.FAILED, "repository is larger than 2 GB");

        Plan plan = planner.plan(failed, Optional.empty());

        assertThat(plan)
                .asInstanceOf(type(Plan.Say.class))
                .extracting(Plan.Say::markdown)
                .isEqualTo("**Could not analyse** · `1111111`\n\nReason: repository is larger than 2 GB");
        Plan next = planner.plan(
                Reports.breaking(1, HEAD_2, T2, "email"), Optional.of(published(failed, Optional.empty())));
        assertThat(((Plan.Say) next).markdown()).doesNotContain("Since");
    }

    @Test
    void keepsTheStandingCommentOnRecordWhenALaterHeadIsSkipped() {
        Publication standing = published(Reports.breaking(1, HEAD_1, T1, "email"), Optional.empty());

        Plan plan =
                planner.plan(Reports.ended(1, HEAD_2, T2, Outcome.SKIPPED, "too many files"), Optional.of(standing));

        assertThat(((Plan.Settled) plan).publication()).satisfies(publication -> {
            assertThat(publication.getStatus()).isEqualTo(PublicationStatus.NOT_POSTED);
            assertThat(publication.getHead()).isEqualTo(HEAD_2.substring(0, 12));
            assertThat(publication.getCommentId()).isEqualTo(77L);
        });
    }

    private Publication published(ImpactReport report, Optional<Publication> previous) {
        Plan.Say say = (Plan.Say) planner.plan(report, previous);
        return planner.stands(report, previous, say, 77, PublicationStatus.POSTED);
    }

    private static void assertNotPosted(Plan plan, String reason) {
        assertThat(plan).isInstanceOf(Plan.Settled.class);
        Publication publication = ((Plan.Settled) plan).publication();
        assertThat(publication.getStatus()).isEqualTo(PublicationStatus.NOT_POSTED);
        assertThat(publication.getReason()).contains(reason);
        assertThat(publication.getPublishedAt()).isEqualTo(NOW);
    }

    static Planner planner(PublishingRules rules) {
        CommentLinks links = new CommentLinks(URI.create("https://bitbucket.example"), Optional.empty());
        return new Planner(new CommentRenderer(links), rules, () -> NOW);
    }
}
