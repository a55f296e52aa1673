package io.tailwater.publisher.publish;

import io.tailwater.bitbucket.model.BitbucketException.Forbidden;
import io.tailwater.bitbucket.model.BitbucketException.NotFound;
import io.tailwater.bitbucket.model.CommitHash;
import io.tailwater.bitbucket.model.PullRequest;
import io.tailwater.publisher.render.CommentLinks;
import io.tailwater.schemas.report.ImpactReport;
import io.tailwater.schemas.report.Publication;
import io.tailwater.schemas.report.PublicationStatus;
import io.tailwater.schemas.topic.ConnectionId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Makes a planned comment stand on its pull request, as the only one of its connection. May run twice for the same plan,
 * also in two processes: what stands is found by its marker, and after a creation whoever came later gives way.
 */
public final class CommentPublisher {

    private final Planner planner;
    private final CommentLinks links;

    /** A publisher that records through the planner. */
    public CommentPublisher(Planner planner, CommentLinks links) {
        this.planner = planner;
        this.links = links;
    }

    /**
     * Makes the comment stand, unless the pull request has moved on.
     *
     * @param mayWrite asked just before a comment is created: whether this process still has the pull request in hand
     * @return what stands now, or why nothing was posted
     * @throws io.tailwater.bitbucket.model.BitbucketException when Bitbucket could not or would not
     * @throws NoLongerOurs when {@code mayWrite} said no
     */
    public Publication publish(
            Plan.Say say,
            ImpactReport report,
            Optional<Publication> previous,
            ReportComments comments,
            BooleanSupplier mayWrite) {
        Optional<String> movedOn = movedOn(comments.pullRequest(), Planner.head(report));
        if (movedOn.isPresent()) {
            return planner.notPosted(report, previous, movedOn.get());
        }
        CommentMarker marker =
                new CommentMarker(new ConnectionId(report.getChangeSet().getConnectionId()));
        String text = marker.above(say.markdown(), links.toReport(report.getReportId()));
        List<PostedComment> standing = comments.marked(marker);
        Optional<PostedComment> replaced = replaceOurs(standing, known(previous), text, comments);
        if (replaced.isPresent()) {
            removeDoubles(standing, replaced.get(), comments);
            return planner.stands(report, previous, say, replaced.get().id(), PublicationStatus.UPDATED);
        }
        if (!mayWrite.getAsBoolean()) {
            throw new NoLongerOurs();
        }
        PostedComment posted = comments.post(text);
        PostedComment oldest = giveWay(posted, comments.marked(marker), text, comments);
        return planner.stands(report, previous, say, oldest.id(), PublicationStatus.POSTED);
    }

    /** Thrown when the pull request was handed to another process before anything was written. */
    public static final class NoLongerOurs extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NoLongerOurs() {
            super("the pull request is in another process's hands");
        }
    }

    private static Optional<String> movedOn(PullRequest pullRequest, String head) {
        if (pullRequest.state() != PullRequest.State.OPEN) {
            return Optional.of(
                    "the pull request is " + pullRequest.state().name().toLowerCase(Locale.ROOT));
        }
        Optional<CommitHash> now = pullRequest.head().commit();
        if (now.isEmpty()) {
            return Optional.of("the head's branch is gone");
        }
        return now.get().sameCommit(CommitHash.parse(head))
                ? Optional.empty()
                : Optional.of("superseded: the head is " + now.get() + " now");
    }

    private static Optional<Long> known(Optional<Publication> previous) {
        return previous.map(Publication::getCommentId);
    }

    /**
     * Replaces the first comment that lets itself be replaced: the one on record, else the oldest. Comments of others,
     * such as those of a token that was replaced, refuse, and are passed over.
     */
    private static Optional<PostedComment> replaceOurs(
            List<PostedComment> standing, Optional<Long> known, String text, ReportComments comments) {
        List<PostedComment> candidates = new ArrayList<>(standing);
        candidates.removeIf(comment -> isAnothers(comment, comments));
        candidates.sort(Comparator.comparing((PostedComment comment) -> !known.equals(Optional.of(comment.id())))
                .thenComparingLong(PostedComment::id));
        for (PostedComment candidate : candidates) {
            try {
                comments.replace(candidate.id(), text);
                return Optional.of(candidate);
            } catch (Forbidden e) {
                if (!e.requiredScopes().isEmpty()) {
                    throw e;
                }
            } catch (NotFound e) {
                continue;
            }
        }
        return Optional.empty();
    }

    private static boolean isAnothers(PostedComment comment, ReportComments comments) {
        return comments.ownAuthor().isPresent() && !Objects.equals(comments.ownAuthor(), comment.author());
    }

    /** Removes further comments that are ours for certain. */
    private static void removeDoubles(List<PostedComment> standing, PostedComment kept, ReportComments comments) {
        for (PostedComment comment : standing) {
            if (comment.id() != kept.id() && isOurs(comment, comments)) {
                comments.remove(comment.id());
            }
        }
    }

    /**
     * Where another process created a comment at the same time, the oldest stays and says what ours says. Both look
     * after they have created, so at least the later one sees both.
     */
    private static PostedComment giveWay(
            PostedComment posted, List<PostedComment> standing, String text, ReportComments comments) {
        PostedComment oldest = standing.stream()
                .filter(comment -> isOurs(comment, comments))
                .min(Comparator.comparingLong(PostedComment::id))
                .filter(comment -> comment.id() < posted.id())
                .orElse(posted);
        if (oldest.id() != posted.id()) {
            comments.replace(oldest.id(), text);
            removeDoubles(standing, oldest, comments);
        }
        return oldest;
    }

    private static boolean isOurs(PostedComment comment, ReportComments comments) {
        return comments.ownAuthor().isPresent() && comments.ownAuthor().equals(comment.author());
    }
}
