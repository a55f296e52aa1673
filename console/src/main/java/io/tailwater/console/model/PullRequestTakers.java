package io.tailwater.console.model;

import io.tailwater.schemas.event.Origin;
import io.tailwater.schemas.event.PullRequestEvent;
import io.tailwater.schemas.event.PullRequestEventKind;
import io.tailwater.schemas.event.PullRequestRef;
import io.tailwater.schemas.event.PullRequestSide;
import io.tailwater.schemas.report.Certainty;
import io.tailwater.schemas.report.ChangeSet;
import io.tailwater.schemas.report.Comparison;
import io.tailwater.schemas.report.Effect;
import io.tailwater.schemas.report.Impact;
import io.tailwater.schemas.report.ImpactReport;
import io.tailwater.schemas.report.Publication;
import io.tailwater.schemas.topic.PullRequestKey;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;

/** Rows about pull requests: what happened to them, what was reported, what was posted. */
final class PullRequestTakers {

    /** Older reports of a pull request that are kept beside the newest. */
    private static final int OLDER_REPORTS = 10;

    private static final String OF_PULL_REQUEST =
            " where workspace_uuid = :workspace and repository_uuid = :repository and number = :number";

    private PullRequestTakers() {}

    static void event(Handle rows, PullRequestKey key, @Nullable PullRequestEvent event) {
        if (event == null) {
            return;
        }
        Optional<Long> known = rows.createQuery("select updated_on from pull_request" + OF_PULL_REQUEST)
                .bind("workspace", key.workspaceUuid())
                .bind("repository", key.repositoryUuid())
                .bind("number", key.number())
                .mapTo(Long.class)
                .findOne();
        long updatedOn = event.getUpdatedOn().toEpochMilli();
        boolean command = event.getKind() == PullRequestEventKind.COMMENT_COMMAND;
        boolean replayed = event.getProvenance().getOrigin() == Origin.REPLAY;
        if (known.isPresent() && (known.get() > updatedOn || command || replayed)) {
            return;
        }
        PullRequestSide head = event.getHead();
        PullRequestSide base = event.getBase();
        upsert(
                rows,
                known.isPresent(),
                event.getPullRequest(),
                update -> update.bind("title", Cut.to(2000, event.getTitle()))
                        .bind("author", Cut.to(500, event.getAuthor()))
                        .bind("state", state(event.getKind()))
                        .bind("draft", event.getDraft())
                        .bind("head", head == null ? "" : Cut.to(40, head.getCommit()))
                        .bind("head_branch", head == null ? "" : Cut.to(500, head.getBranch()))
                        .bind("base_branch", base == null ? "" : Cut.to(500, base.getBranch()))
                        .bind("origin", event.getProvenance().getOrigin().name())
                        .bind("connection", event.getConnectionId())
                        .bind("updated_on", updatedOn));
    }

    private static String state(PullRequestEventKind kind) {
        return switch (kind) {
            case OPENED, UPDATED, RETARGETED, COMMENT_COMMAND -> "OPEN";
            case MERGED -> "MERGED";
            case DECLINED -> "DECLINED";
        };
    }

    private static void upsert(Handle rows, boolean exists, PullRequestRef reference, UnaryOperator<Update> values) {
        Update update = rows.createUpdate(
                exists
                        ? "update pull_request set workspace_slug = :workspace_slug, repository_slug = :repository_slug,"
                                + " title = :title, author = :author, state = :state, draft = :draft, head = :head,"
                                + " head_branch = :head_branch, base_branch = :base_branch, origin = :origin,"
                                + " connection_id = :connection, updated_on = :updated_on" + OF_PULL_REQUEST
                        : "insert into pull_request (workspace_uuid, repository_uuid, number, workspace_slug,"
                                + " repository_slug, title, author, state, draft, head, head_branch, base_branch,"
                                + " origin, connection_id, updated_on) values (:workspace, :repository, :number,"
                                + " :workspace_slug, :repository_slug, :title, :author, :state, :draft, :head,"
                                + " :head_branch, :base_branch, :origin, :connection, :updated_on)");
        values.apply(bind(update, reference)).execute();
    }

    private static Update bind(Update update, PullRequestRef reference) {
        return update.bind("workspace", reference.getWorkspaceUuid())
                .bind("repository", reference.getRepositoryUuid())
                .bind("number", reference.getNumber())
                .bind("workspace_slug", Cut.to(200, reference.getWorkspaceSlug()))
                .bind("repository_slug", Cut.to(200, reference.getRepositorySlug()));
    }

    static void report(Handle rows, PullRequestKey key, @Nullable ImpactReport report) {
        if (report == null) {
            forget(rows, "report", key);
            return;
        }
        ChangeSet changes = report.getChangeSet();
        Origin origin = changes.getProvenance().getOrigin();
        String runName =
                origin == Origin.REPLAY ? Cut.to(200, changes.getProvenance().getRunName()) : "";
        rows.createUpdate("delete from report where report_id = :id")
                .bind("id", report.getReportId())
                .execute();
        long updatedOn = changes.getUpdatedOn().toEpochMilli();
        boolean newest = rows.createQuery(
                        "select max(updated_on) from report" + OF_PULL_REQUEST + " and run_name = :run and newest")
                .bind("workspace", key.workspaceUuid())
                .bind("repository", key.repositoryUuid())
                .bind("number", key.number())
                .bind("run", runName)
                .mapTo(Long.class)
                .findOne()
                .map(earlier -> earlier <= updatedOn)
                .orElse(true);
        if (newest) {
            rows.createUpdate("update report set newest = false" + OF_PULL_REQUEST + " and run_name = :run")
                    .bind("workspace", key.workspaceUuid())
                    .bind("repository", key.repositoryUuid())
                    .bind("number", key.number())
                    .bind("run", runName)
                    .execute();
        }
        insert(rows, report, changes, origin, runName, newest);
        if (runName.isEmpty()) {
            pullRequestOf(rows, key, changes);
        }
        dropOldest(rows, key, runName);
    }

    private static void insert(
            Handle rows, ImpactReport report, ChangeSet changes, Origin origin, String runName, boolean newest) {
        Comparison comparison = changes.getComparison();
        Update insert = rows.createUpdate("insert into report (report_id, workspace_uuid, repository_uuid, number,"
                + " workspace_slug, repository_slug, title, title_searched, head, outcome, verdict, complete, breaking,"
                + " possible, origin, run_name, connection_id, updated_on, created_at, newest, body) values (:id,"
                + " :workspace, :repository, :number, :workspace_slug, :repository_slug, :title, :title_searched, :head,"
                + " :outcome, :verdict, :complete, :breaking, :possible, :origin, :run, :connection, :updated_on,"
                + " :created_at, :newest, :body)");
        String title = Cut.to(2000, changes.getTitle());
        bind(insert, changes.getPullRequest())
                .bind("id", report.getReportId())
                .bind("title", title)
                .bind("title_searched", Cut.to(2000, title.toLowerCase(Locale.ROOT)))
                .bind("head", Cut.to(40, comparison == null ? changes.getRequestedHead() : comparison.getHead()))
                .bind("outcome", changes.getOutcome().name())
                .bind(
                        "verdict",
                        comparison == null ? null : comparison.getVerdict().name())
                .bind("complete", comparison != null && comparison.getComplete())
                .bind("breaking", comparison == null ? 0 : breaks(comparison, Certainty.PROVEN))
                .bind("possible", comparison == null ? 0 : breaks(comparison, Certainty.POSSIBLE))
                .bind("origin", origin.name())
                .bind("run", runName)
                .bind("connection", changes.getConnectionId())
                .bind("updated_on", changes.getUpdatedOn().toEpochMilli())
                .bind("created_at", report.getCreatedAt().toEpochMilli())
                .bind("newest", newest)
                .bind("body", ReportBody.write(report))
                .execute();
    }

    private static int breaks(Comparison comparison, Certainty certainty) {
        int count = 0;
        for (Impact impact : comparison.getImpacts()) {
            if (impact.getCertainty() == certainty && impact.getEffect() == Effect.BREAKS && !impact.getChangedHere()) {
                count++;
            }
        }
        return count;
    }

    /** A report may be the first thing heard of a pull request, when the event behind it is no longer kept. */
    private static void pullRequestOf(Handle rows, PullRequestKey key, ChangeSet changes) {
        boolean known = rows.createQuery("select count(*) from pull_request" + OF_PULL_REQUEST)
                        .bind("workspace", key.workspaceUuid())
                        .bind("repository", key.repositoryUuid())
                        .bind("number", key.number())
                        .mapTo(Integer.class)
                        .one()
                > 0;
        if (known) {
            return;
        }
        upsert(
                rows,
                false,
                changes.getPullRequest(),
                update -> update.bind("title", Cut.to(2000, changes.getTitle()))
                        .bind("author", "")
                        .bind("state", "UNKNOWN")
                        .bind("draft", false)
                        .bind("head", Cut.to(40, changes.getRequestedHead()))
                        .bind("head_branch", Cut.to(500, changes.getHeadBranch()))
                        .bind("base_branch", Cut.to(500, changes.getBaseBranch()))
                        .bind("origin", changes.getProvenance().getOrigin().name())
                        .bind("connection", changes.getConnectionId())
                        .bind("updated_on", 0L));
    }

    private static void dropOldest(Handle rows, PullRequestKey key, String runName) {
        rows.createQuery("select report_id from report" + OF_PULL_REQUEST
                        + " and run_name = :run and not newest order by updated_on desc, created_at desc"
                        + " offset " + OLDER_REPORTS + " rows")
                .bind("workspace", key.workspaceUuid())
                .bind("repository", key.repositoryUuid())
                .bind("number", key.number())
                .bind("run", runName)
                .mapTo(String.class)
                .list()
                .forEach(id -> rows.createUpdate("delete from report where report_id = :id")
                        .bind("id", id)
                        .execute());
    }

    static void publication(Handle rows, PullRequestKey key, @Nullable Publication publication) {
        forget(rows, "publication", key);
        if (publication == null) {
            return;
        }
        rows.createUpdate("insert into publication (workspace_uuid, repository_uuid, number, connection_id, report_id,"
                        + " head, comment_id, status, reason, published_at) values (:workspace, :repository, :number,"
                        + " :connection, :report, :head, :comment, :status, :reason, :published_at)")
                .bind("workspace", key.workspaceUuid())
                .bind("repository", key.repositoryUuid())
                .bind("number", key.number())
                .bind("connection", publication.getConnectionId())
                .bind("report", publication.getReportId())
                .bind("head", Cut.to(40, publication.getHead()))
                .bind("comment", publication.getCommentId())
                .bind("status", publication.getStatus().name())
                .bind("reason", Cut.to(2000, publication.getReason()))
                .bind("published_at", publication.getPublishedAt().toEpochMilli())
                .execute();
    }

    private static void forget(Handle rows, String table, PullRequestKey key) {
        rows.createUpdate("delete from " + table + OF_PULL_REQUEST)
                .bind("workspace", key.workspaceUuid())
                .bind("repository", key.repositoryUuid())
                .bind("number", key.number())
                .execute();
    }
}
