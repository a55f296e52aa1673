package io.tailwater.publisher.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailwater.bitbucket.model.BitbucketException.Forbidden;
import io.tailwater.bitbucket.model.BitbucketException.NotFound;
import io.tailwater.bitbucket.model.CommitHash;
import io.tailwater.bitbucket.model.PullRequest;
import io.tailwater.publisher.fixture.Reports;
import io.tailwater.schemas.topic.ConnectionId;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the port promises, whoever fulfils it. */
abstract class ReportCommentsContract {

    static final CommentMarker MARKER = new CommentMarker(new ConnectionId("acme"));

    /** The port on an open pull request whose head is {@link Reports#HEAD_1} and that has no comment. */
    abstract ReportComments comments();

    /** Lets somebody else comment on it. */
    abstract long commentOfAnother(String text);

    @Test
    void tellsHowThePullRequestStands() {
        PullRequest pullRequest = comments().pullRequest();

        assertThat(pullRequest.state()).isEqualTo(PullRequest.State.OPEN);
        assertThat(pullRequest.head().commit().orElseThrow().sameCommit(new CommitHash(Reports.HEAD_1)))
                .isTrue();
    }

    @Test
    void findsWhatItPostedByItsMarker() {
        ReportComments comments = comments();
        commentOfAnother("hello");

        PostedComment posted = comments.post(MARKER.above("text", Optional.empty()));

        assertThat(comments.marked(MARKER)).containsExactly(posted);
        assertThat(comments.ownAuthor()).isPresent().isEqualTo(posted.author());
        assertThat(comments.marked(new CommentMarker(new ConnectionId("other"))))
                .isEmpty();
    }

    @Test
    void findsMarkedCommentsBehindManyOthersOldestFirst() {
        ReportComments comments = comments();
        for (int comment = 0; comment < 25; comment++) {
            commentOfAnother("number " + comment);
        }
        long imitation = commentOfAnother(MARKER.above("imitated", Optional.empty()));

        PostedComment posted = comments.post(MARKER.above("text", Optional.empty()));

        assertThat(comments.marked(MARKER)).extracting(PostedComment::id).containsExactly(imitation, posted.id());
    }

    @Test
    void replacesItsOwnAndKeepsItFindable() {
        ReportComments comments = comments();
        PostedComment posted = comments.post(MARKER.above("one", Optional.empty()));

        comments.replace(posted.id(), MARKER.above("two", Optional.of("https://tailwater.example/r/1")));

        assertThat(comments.marked(MARKER)).containsExactly(posted);
    }

    @Test
    void refusesToReplaceAnothers() {
        ReportComments comments = comments();
        long another = commentOfAnother(MARKER.above("imitated", Optional.empty()));

        assertThatThrownBy(() -> comments.replace(another, "mine"))
                .isInstanceOfSatisfying(
                        Forbidden.class, e -> assertThat(e.requiredScopes()).isEmpty());
    }

    @Test
    void tellsThatACommentIsGone() {
        assertThatThrownBy(() -> comments().replace(999_999, "text")).isInstanceOf(NotFound.class);
    }

    @Test
    void removesOnceAndBearsTheSecondTime() {
        ReportComments comments = comments();
        PostedComment posted = comments.post(MARKER.above("text", Optional.empty()));

        comments.remove(posted.id());

        assertThat(comments.marked(MARKER)).isEmpty();
        assertThatCode(() -> comments.remove(posted.id())).doesNotThrowAnyException();
    }
}
