package io.tailwater.publisher.publish;

import io.tailwater.publisher.render.CommentRenderer;
import io.tailwater.publisher.render.EarlierComment;
import io.tailwater.publisher.render.RenderedComment;
import io.tailwater.publisher.render.Subject;
import io.tailwater.schemas.event.PullRequestRef;
import io.tailwater.schemas.report.ChangeSet;
import io.tailwater.schemas.report.Comparison;
import io.tailwater.schemas.report.ImpactReport;
import io.tailwater.schemas.report.Publication;
import io.tailwater.schemas.report.PublicationStatus;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Decides from a report and from what was published before what is to be done. Asks nobody but the clock. */
public final class Planner {

    private final CommentRenderer renderer;
    private final PublishingRules rules;
    private final InstantSource clock;

    /** A planner that renders with the given renderer under the given rules. */
    public Planner(CommentRenderer renderer, PublishingRules rules, InstantSource clock) {
        this.renderer = renderer;
        this.rules = rules;
        this.clock = clock;
    }

    /**
     * What the report asks for.
     *
     * @param previous what was published last for the pull request, empty when nothing was
     */
    public Plan plan(ImpactReport report, Optional<Publication> previous) {
        Plan plan = decide(report, previous);
        return plan instanceof Plan.Settled settled
                        && previous.filter(publication -> recordsTheSame(publication, settled.publication()))
                                .isPresent()
                ? new Plan.Ignore("this is on record already")
                : plan;
    }

    private static boolean recordsTheSame(Publication one, Publication other) {
        return one.getReportId().equals(other.getReportId())
                && one.getStatus() == other.getStatus()
                && Objects.equals(one.getReason(), other.getReason());
    }

    private Plan decide(ImpactReport report, Optional<Publication> previous) {
        ChangeSet changeSet = report.getChangeSet();
        if (previous.isPresent() && previous.get().getUpdatedOn().isAfter(changeSet.getUpdatedOn())) {
            return new Plan.Ignore("a newer state of the pull request was published");
        }
        if (previous.filter(publication -> shows(publication, report)).isPresent()) {
            return new Plan.Ignore("this report is published already");
        }
        Optional<String> silence = silence(changeSet);
        if (silence.isPresent()) {
            return previous.filter(Planner::stands).isPresent()
                    ? new Plan.Ignore(silence.get())
                    : new Plan.Settled(notPosted(report, previous, silence.get()));
        }
        return switch (changeSet.getOutcome()) {
            case SUPERSEDED ->
                new Plan.Settled(notPosted(report, previous, because("superseded by a newer head", changeSet)));
            case SKIPPED -> new Plan.Settled(notPosted(report, previous, because("skipped", changeSet)));
            case FAILED -> failure(report, previous, because("analysis failed", changeSet));
            case REPORTED -> comparison(report, previous);
        };
    }

    /** The record that says nothing was posted, and why; what stands on the pull request stays on record. */
    public Publication notPosted(ImpactReport report, Optional<Publication> previous, String reason) {
        return base(report, previous)
                .setStatus(PublicationStatus.NOT_POSTED)
                .setReason(reason)
                .build();
    }

    /** The record that says Bitbucket refused for good, and why. */
    public Publication refused(ImpactReport report, Optional<Publication> previous, String reason) {
        return base(report, previous)
                .setStatus(PublicationStatus.REFUSED)
                .setReason(reason)
                .build();
    }

    /** The record of a comment that stands now. */
    Publication stands(
            ImpactReport report, Optional<Publication> previous, Plan.Say say, long comment, PublicationStatus status) {
        return base(report, previous)
                .setCommentId(comment)
                .setContentHash(say.contentHash())
                .setFindingKeys(say.findingKeys())
                .setStatus(status)
                .setReason(say.reason().orElse(null))
                .build();
    }

    /** Whether the publication tells of a comment on the pull request. */
    static boolean stands(Publication publication) {
        return publication.getCommentId() != null;
    }

    /** The head of a report in as many digits as are known. */
    static String head(ImpactReport report) {
        Comparison comparison = report.getChangeSet().getComparison();
        return comparison == null ? report.getChangeSet().getRequestedHead() : comparison.getHead();
    }

    private static boolean shows(Publication publication, ImpactReport report) {
        return publication.getReportId().equals(report.getReportId()) && isShown(publication.getStatus());
    }

    private static boolean isShown(PublicationStatus status) {
        return switch (status) {
            case POSTED, UPDATED, UNCHANGED -> true;
            case NOT_POSTED, REFUSED -> false;
        };
    }

    private static Optional<String> silence(ChangeSet changeSet) {
        if (changeSet.getProvenance().getCommentRequested()) {
            return Optional.empty();
        }
        return switch (changeSet.getProvenance().getOrigin()) {
            case WEBHOOK, POLL -> Optional.empty();
            case BACKFILL -> Optional.of("historical pull request, no comment was asked for");
            case REPLAY -> Optional.of("replayed event, no comment was asked for");
        };
    }

    private static String because(String what, ChangeSet changeSet) {
        return changeSet.getReason() == null ? what : what + ": " + changeSet.getReason();
    }

    private Plan failure(ImpactReport report, Optional<Publication> previous, String reason) {
        String why = Objects.requireNonNullElse(report.getChangeSet().getReason(), "not known");
        String markdown = renderer.couldNotAnalyse(head(report), why);
        return sayUnlessSaid(
                report, previous, new Plan.Say(markdown, sha256(markdown), List.of(), Optional.of(reason)));
    }

    private Plan comparison(ImpactReport report, Optional<Publication> previous) {
        Comparison comparison = report.getChangeSet().getComparison();
        if (comparison == null) {
            return failure(report, previous, "analysis failed: the report holds no comparison");
        }
        Subject subject = subject(report, comparison);
        RenderedComment plain = renderer.render(
                new Subject(subject.repository(), subject.against(), Optional.empty()), comparison, Optional.empty());
        if (previous.filter(Planner::stands).isEmpty() && isSilent(plain, comparison)) {
            return new Plan.Settled(notPosted(report, previous, "nothing found that anybody could notice"));
        }
        RenderedComment full = renderer.render(subject, comparison, earlier(previous));
        return sayUnlessSaid(
                report,
                previous,
                new Plan.Say(full.markdown(), sha256(plain.markdown()), full.findingKeys(), Optional.empty()));
    }

    private boolean isSilent(RenderedComment comment, Comparison comparison) {
        return switch (rules) {
            case FINDINGS_ONLY -> comment.findingKeys().isEmpty();
            case FINDINGS_AND_UNKNOWN -> comment.findingKeys().isEmpty() && comparison.getComplete();
            case EVERYTHING -> false;
        };
    }

    private Plan sayUnlessSaid(ImpactReport report, Optional<Publication> previous, Plan.Say say) {
        return previous.filter(publication -> isShown(publication.getStatus()))
                .filter(publication -> say.contentHash().equals(publication.getContentHash()))
                .map(Publication::getCommentId)
                .<Plan>map(comment ->
                        new Plan.Settled(stands(report, previous, say, comment, PublicationStatus.UNCHANGED)))
                .orElse(say);
    }

    private static Subject subject(ImpactReport report, Comparison comparison) {
        PullRequestRef pullRequest = report.getChangeSet().getPullRequest();
        String base = report.getChangeSet().getBaseBranch();
        return new Subject(
                pullRequest.getWorkspaceSlug() + "/" + pullRequest.getRepositorySlug(),
                base == null ? comparison.getBase().substring(0, 7) : base,
                Optional.of(report.getReportId()));
    }

    /** What the standing comment says, unless it tells of a failed analysis or its head is no longer on record. */
    private static Optional<EarlierComment> earlier(Optional<Publication> previous) {
        return previous.filter(Planner::stands)
                .filter(publication -> isShown(publication.getStatus()) && publication.getReason() == null)
                .map(publication -> new EarlierComment(publication.getHead(), publication.getFindingKeys()));
    }

    private Publication.Builder base(ImpactReport report, Optional<Publication> previous) {
        Publication.Builder publication = Publication.newBuilder()
                .setPullRequest(report.getChangeSet().getPullRequest())
                .setConnectionId(report.getChangeSet().getConnectionId())
                .setReportId(report.getReportId())
                .setHead(head(report))
                .setUpdatedOn(report.getChangeSet().getUpdatedOn())
                .setPublishedAt(clock.instant());
        previous.filter(Planner::stands)
                .ifPresent(standing -> publication
                        .setCommentId(standing.getCommentId())
                        .setContentHash(standing.getContentHash())
                        .setFindingKeys(standing.getFindingKeys()));
        return publication;
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }
}
