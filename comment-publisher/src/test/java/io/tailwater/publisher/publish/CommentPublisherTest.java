package io.tailwater.publisher.publish;

import static io.tailwater.publisher.fixture.Reports.HEAD_1;
import static io.tailwater.publisher.fixture.Reports.HEAD_2;
import static io.tailwater.publisher.fixture.Reports.T1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailwater.bitbucket.model.BitbucketException.Forbidden;
import io.tailwater.bitbucket.model.PullRequest;
import io.tailwater.publisher.fixture.Reports;
import io.tailwater.publisher.render.CommentLinks;
import io.tailwater.schemas.report.ImpactReport;
import io.tailwater.schemas.report.Publication;
import io.tailwater.schemas.report.PublicationStatus;
import io.tailwater.schemas.topic.ConnectionId;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CommentPublisherTest {

    private final Planner planner = PlannerTest.planner(PublishingRules.FINDINGS_AND_UNKNOWN);
    private final CommentPublisher publisher =
            new CommentPublisher(planner, new CommentLinks(URI.create("https://bitbucket.example"), Optional.empty()));
    private final FakeReportComments comments = new FakeReportComments(HEAD_1);
    private final CommentMarker marker = new CommentMarker(new ConnectionId("acme"));
    private final ImpactReport report = Reports.breaking(1, HEAD_1, T1, "email");

    @Test
    void createsOneCommentThenUpdatesIt() {
        Publication first = publish(report, Optional.empty());
        comments.head = HEAD_2;
        Publication second =
                publish(Reports.breaking(1, HEAD_2, T1.plusSeconds(1), "email", "name"), Optional.of(first));

        assertThat(first.getStatus()).isEqualTo(PublicationStatus.POSTED);
        assertThat(second.getStatus()).isEqualTo(PublicationStatus.UPDATED);
        assertThat(second.getCommentId()).isEqualTo(first.getCommentId());
        assertThat(comments.kept).hasSize(1);
        assertThat(comments.kept.values().iterator().next().text())
                .contains("2 breaks")
                .contains("`2222222`");
    }

    @Test
    void findsItsCommentAgainWhenTheRecordOfItWasLost() {
        publish(report, Optional.empty());
        comments.hasWritten = false;

        Publication again = publish(report, Optional.empty());

        assertThat(again.getStatus()).isEqualTo(PublicationStatus.UPDATED);
        assertThat(comments.kept).hasSize(1);
    }

    @Test
    void writesAfreshWhereTheTokenIsAnother() {
        Publication first = publish(report, Optional.empty());
        comments.author = "{new-token}";
        comments.hasWritten = false;

        Publication second = publish(report, Optional.of(first));
        Publication third = publish(report, Optional.of(second));

        assertThat(second.getStatus()).isEqualTo(PublicationStatus.POSTED);
        assertThat(third.getStatus()).isEqualTo(PublicationStatus.UPDATED);
        assertThat(third.getCommentId()).isEqualTo(second.getCommentId());
        assertThat(comments.kept).hasSize(2);
    }

    @Test
    void writesAfreshWhereItsCommentWasDeleted() {
        Publication first = publish(report, Optional.empty());
        comments.kept.clear();

        assertThat(publish(report, Optional.of(first)).getStatus()).isEqualTo(PublicationStatus.POSTED);
        assertThat(comments.kept).hasSize(1);
    }

    @Test
    void leavesAnImitationAlone() {
        long imitation = comments.add("{mallory}", marker.above("imitated", Optional.empty()));

        Publication published = publish(report, Optional.empty());

        assertThat(published.getStatus()).isEqualTo(PublicationStatus.POSTED);
        assertThat(comments.text(imitation)).contains("imitated");
        assertThat(publish(report, Optional.of(published)).getCommentId()).isEqualTo(published.getCommentId());
    }

    @Test
    void removesADoubleOfItsOwn() {
        Publication first = publish(report, Optional.empty());
        comments.add(comments.author, marker.above("double", Optional.empty()));

        publish(Reports.breaking(1, HEAD_1, T1.plusSeconds(1), "name"), Optional.of(first));

        assertThat(comments.kept).containsOnlyKeys(first.getCommentId());
    }

    @Test
    void givesWayToACommentCreatedAtTheSameTime() {
        ReportComments raced = new Delegating(comments) {
            @Override
            public PostedComment post(String markdown) {
                comments.add(comments.author, marker.above("of the other process", Optional.empty()));
                return super.post(markdown);
            }
        };

        Publication published =
                publisher.publish(say(report, Optional.empty()), report, Optional.empty(), raced, () -> true);

        assertThat(comments.kept).containsOnlyKeys(published.getCommentId());
        assertThat(comments.text(published.getCommentId())).contains("1 break");
    }

    @Test
    void createsNothingOnceThePullRequestIsInOtherHands() {
        assertThatThrownBy(() -> publisher.publish(
                        say(report, Optional.empty()), report, Optional.empty(), comments, () -> false))
                .isInstanceOf(CommentPublisher.NoLongerOurs.class);
        assertThat(comments.kept).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = PullRequest.State.class,
            names = {"MERGED", "DECLINED", "SUPERSEDED", "OTHER"})
    void postsNothingOnAPullRequestThatIsNotOpen(PullRequest.State state) {
        comments.state = state;

        assertThat(publish(report, Optional.empty()).getStatus()).isEqualTo(PublicationStatus.NOT_POSTED);
        assertThat(comments.kept).isEmpty();
    }

    @Test
    void postsNothingAboutAHeadThatWasPushedOver() {
        comments.head = HEAD_2;

        Publication publication = publish(report, Optional.empty());

        assertThat(publication.getStatus()).isEqualTo(PublicationStatus.NOT_POSTED);
        assertThat(publication.getReason()).startsWith("superseded");
    }

    @Test
    void doesNotTakeAMissingScopeForAnothersComment() {
        publish(report, Optional.empty());
        ReportComments limited = new Delegating(comments) {
            @Override
            public void replace(long commentId, String markdown) {
                throw new Forbidden("PUT", List.of("pullrequest"), List.of("repository"));
            }
        };

        assertThatThrownBy(() ->
                        publisher.publish(say(report, Optional.empty()), report, Optional.empty(), limited, () -> true))
                .isInstanceOf(Forbidden.class);
        assertThat(comments.kept).hasSize(1);
    }

    private Publication publish(ImpactReport published, Optional<Publication> previous) {
        return publisher.publish(say(published, Optional.empty()), published, previous, comments, () -> true);
    }

    private Plan.Say say(ImpactReport published, Optional<Publication> previous) {
        return (Plan.Say) planner.plan(published, previous);
    }

    private static class Delegating implements ReportComments {
        private final ReportComments inner;

        Delegating(ReportComments inner) {
            this.inner = inner;
        }

        @Override
        public PullRequest pullRequest() {
            return inner.pullRequest();
        }

        @Override
        public List<PostedComment> marked(CommentMarker wanted) {
            return inner.marked(wanted);
        }

        @Override
        public PostedComment post(String markdown) {
            return inner.post(markdown);
        }

        @Override
        public void replace(long commentId, String markdown) {
            inner.replace(commentId, markdown);
        }

        @Override
        public void remove(long commentId) {
            inner.remove(commentId);
        }

        @Override
        public Optional<String> ownAuthor() {
            return inner.ownAuthor();
        }
    }
}
