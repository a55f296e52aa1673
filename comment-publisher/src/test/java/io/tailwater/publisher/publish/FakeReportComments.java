package io.tailwater.publisher.publish;

import io.tailwater.bitbucket.model.BitbucketException.Forbidden;
import io.tailwater.bitbucket.model.BitbucketException.NotFound;
import io.tailwater.bitbucket.model.CommitHash;
import io.tailwater.bitbucket.model.PullRequest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The port in memory. */
final class FakeReportComments implements ReportComments {

    record Kept(String author, String text) {}

    final Map<Long, Kept> kept = new TreeMap<>();
    PullRequest.State state = PullRequest.State.OPEN;
    String head;
    String author = "{me}";
    boolean hasWritten;
    private long ids;

    FakeReportComments(String head) {
        this.head = head;
    }

    long add(String by, String text) {
        kept.put(++ids, new Kept(by, text));
        return ids;
    }

    /** Text of a comment. */
    String text(@Nullable Long id) {
        Kept comment = id == null ? null : kept.get(id);
        return comment == null ? "" : comment.text();
    }

    @Override
    public PullRequest pullRequest() {
        PullRequest.Side side = new PullRequest.Side(
                Optional.of("f"), Optional.of(new CommitHash(head.substring(0, 12))), Optional.empty());
        return new PullRequest(1, "t", state, false, side, side, Instant.EPOCH);
    }

    @Override
    public List<PostedComment> marked(CommentMarker marker) {
        return kept.entrySet().stream()
                .filter(entry -> marker.marks(entry.getValue().text()))
                .map(entry -> new PostedComment(
                        entry.getKey(), Optional.of(entry.getValue().author())))
                .toList();
    }

    @Override
    public PostedComment post(String markdown) {
        hasWritten = true;
        return new PostedComment(add(author, markdown), Optional.of(author));
    }

    @Override
    public void replace(long commentId, String markdown) {
        Kept comment = kept.get(commentId);
        if (comment == null) {
            throw new NotFound("PUT comment " + commentId);
        }
        if (!comment.author().equals(author)) {
            throw new Forbidden("PUT comment " + commentId, List.of(), List.of());
        }
        kept.put(commentId, new Kept(author, markdown));
    }

    @Override
    public void remove(long commentId) {
        kept.remove(commentId);
    }

    @Override
    public Optional<String> ownAuthor() {
        return hasWritten ? Optional.of(author) : Optional.empty();
    }
}
