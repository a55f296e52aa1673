package io.tailwater.pranalyzer.topology;

import io.tailwater.pranalyzer.impact.ReportIds;
import io.tailwater.pranalyzer.impact.Rules;
import io.tailwater.schemas.event.PullRequestEvent;
import io.tailwater.schemas.event.PullRequestSide;
import io.tailwater.schemas.report.ChangeSet;
import io.tailwater.schemas.report.Comparison;
import io.tailwater.schemas.report.Outcome;
import org.jspecify.annotations.Nullable;

/** Makes the change set with which an analysis ends, one way or another. Pure. */
final class Endings {

    /** Stands for a head that Bitbucket no longer names: Git's null id, short as in events. */
    static final String NO_HEAD = "000000000000";

    private Endings() {}

    static ChangeSet reported(PullRequestEvent event, Comparison comparison) {
        String key = ReportIds.idempotencyKey(
                event.getPullRequest(), comparison.getHead(), comparison.getMergeBase(), Outcome.REPORTED);
        return of(event, Outcome.REPORTED, null, comparison, key);
    }

    /** An end without a comparison: superseded, skipped or failed. */
    static ChangeSet without(PullRequestEvent event, Outcome outcome, String reason) {
        String key = ReportIds.idempotencyKey(event.getPullRequest(), head(event), null, outcome);
        return of(event, outcome, reason, null, key);
    }

    private static ChangeSet of(
            PullRequestEvent event,
            Outcome outcome,
            @Nullable String reason,
            @Nullable Comparison comparison,
            String idempotencyKey) {
        PullRequestSide head = event.getHead();
        PullRequestSide base = event.getBase();
        return ChangeSet.newBuilder()
                .setPullRequest(event.getPullRequest())
                .setConnectionId(event.getConnectionId())
                .setRequestedHead(head(event))
                .setHeadBranch(head == null ? null : head.getBranch())
                .setBaseBranch(base == null ? null : base.getBranch())
                .setTitle(event.getTitle())
                .setOutcome(outcome)
                .setReason(reason)
                .setComparison(comparison)
                .setIdempotencyKey(idempotencyKey)
                .setRulesVersion(Rules.VERSION)
                .setUpdatedOn(event.getUpdatedOn())
                .setProvenance(event.getProvenance())
                .build();
    }

    private static String head(PullRequestEvent event) {
        PullRequestSide head = event.getHead();
        return head == null ? NO_HEAD : head.getCommit();
    }
}
