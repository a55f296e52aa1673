package io.tailwater.console.http;

import io.tailwater.connector.Permission;
import io.tailwater.connector.TokenInspection.Accepted;
import io.tailwater.console.model.ActivityRow;
import io.tailwater.console.model.ConnectionRow;
import io.tailwater.console.model.DeadLetterRow;
import io.tailwater.console.model.Listing;
import io.tailwater.console.model.PullRequestRow;
import io.tailwater.console.model.StoredReport;
import io.tailwater.schemas.event.PullRequestRef;
import io.tailwater.schemas.lineage.Location;
import io.tailwater.schemas.report.Change;
import io.tailwater.schemas.report.ChangeSet;
import io.tailwater.schemas.report.Comparison;
import io.tailwater.schemas.report.Hop;
import io.tailwater.schemas.report.Impact;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Bodies of the API's answers, as maps in the order they are written. Constants are in lower case. */
final class ApiJson {

    private ApiJson() {}

    static Map<String, @Nullable Object> connection(ConnectionRow row) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("id", row.id());
        json.put("workspace", row.workspace());
        json.put("workspaceUuid", row.workspaceUuid());
        json.put("kind", word(row.scope()));
        json.put("repositories", row.repositories());
        json.put("state", word(row.state()));
        json.put("tokenExpiresAt", time(row.tokenExpiresAt()));
        json.put("updatedAt", row.updatedAt().toString());
        json.put("lastWebhookAt", time(row.lastWebhook()));
        json.put("lastFoundByPollAt", time(row.lastFound()));
        json.put("lastCommentAt", time(row.lastComment()));
        return json;
    }

    static Map<String, @Nullable Object> inspection(Accepted found) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("kind", word(found.kind().name()));
        json.put("name", found.name().orElse(null));
        json.put("workspace", found.workspaceSlug());
        json.put("workspaceUuid", found.workspaceUuid());
        json.put("repositories", found.repositories());
        json.put("moreRepositories", found.moreRepositories());
        json.put(
                "permissions",
                Arrays.stream(Permission.values())
                        .map(permission -> {
                            Map<String, @Nullable Object> row = new LinkedHashMap<>();
                            row.put("scope", permission.scope());
                            row.put("group", permission.group());
                            row.put("access", word(permission.access()));
                            row.put("feature", permission.feature());
                            row.put("essential", permission.isEssential());
                            row.put("state", word(found.state(permission).name()));
                            return row;
                        })
                        .toList());
        json.put("expiresAt", time(found.expiresAt()));
        return json;
    }

    static Map<String, @Nullable Object> pullRequest(PullRequestRow row) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("workspace", row.workspace());
        json.put("repository", row.repository());
        json.put("number", row.number());
        json.put("title", row.title());
        json.put("author", row.author());
        json.put("state", word(row.state()));
        json.put("draft", row.draft());
        json.put("headBranch", row.headBranch());
        json.put("baseBranch", row.baseBranch());
        json.put("connection", row.connectionId());
        json.put("reportId", row.reportId().orElse(null));
        json.put("outcome", row.outcome().map(ApiJson::word).orElse(null));
        json.put("verdict", row.verdict().map(ApiJson::word).orElse(null));
        json.put("complete", row.complete());
        json.put("breaking", row.breaking());
        json.put("possible", row.possible());
        json.put("pending", row.pending());
        json.put("comment", row.commentStatus().map(ApiJson::word).orElse(null));
        json.put("commentReason", row.commentReason());
        json.put("updatedAt", row.updatedOn().toString());
        return json;
    }

    static Map<String, @Nullable Object> deadLetter(DeadLetterRow row) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("topic", row.topic());
        json.put("partition", row.partition());
        json.put("offset", row.offset());
        json.put("sourceTopic", row.sourceTopic());
        json.put("sourcePartition", row.sourcePartition());
        json.put("sourceOffset", row.sourceOffset());
        json.put("key", row.key());
        json.put("causeType", row.causeType());
        json.put("cause", row.cause());
        json.put("size", row.size());
        json.put("at", row.at().toString());
        json.put("retriedAt", time(row.retriedAt()));
        json.put("retriedBy", row.retriedBy());
        return json;
    }

    static Map<String, @Nullable Object> activity(ActivityRow row) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("at", row.at().toString());
        json.put("actor", row.actor());
        json.put("address", row.address());
        json.put("action", row.action());
        json.put("connection", row.connectionId());
        json.put("subject", row.subject());
        json.put("succeeded", row.succeeded());
        json.put("detail", row.detail());
        return json;
    }

    static <R> Map<String, @Nullable Object> page(Listing<R> listing, Function<R, Map<String, @Nullable Object>> row) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("values", listing.rows().stream().map(row).toList());
        json.put("page", listing.page());
        json.put("pageSize", listing.pageSize());
        json.put("pages", listing.pages());
        json.put("total", listing.total());
        return json;
    }

    /** A whole report; the part "comparison" has the names that {@code check --format json} has. */
    static Map<String, @Nullable Object> report(StoredReport stored) {
        ChangeSet changes = stored.report().getChangeSet();
        PullRequestRef reference = changes.getPullRequest();
        Comparison comparison = changes.getComparison();
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("reportId", stored.report().getReportId());
        json.put("newest", stored.newest());
        json.put("newestReportId", stored.newestId().orElse(null));
        json.put("workspace", reference.getWorkspaceSlug());
        json.put("repository", reference.getRepositorySlug());
        json.put("number", reference.getNumber());
        json.put("title", changes.getTitle());
        json.put("outcome", word(changes.getOutcome().name()));
        json.put("reason", changes.getReason());
        json.put("replay", stored.runName().isEmpty() ? null : stored.runName());
        json.put("createdAt", stored.report().getCreatedAt().toString());
        json.put("comment", stored.commentStatus().map(ApiJson::word).orElse(null));
        json.put("commentId", stored.commentId().orElse(null));
        json.put("searchedRepositories", stored.report().getSearchedRepositories());
        json.put("comparison", comparison == null ? null : comparison(comparison));
        return json;
    }

    private static Map<String, @Nullable Object> comparison(Comparison comparison) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("base", comparison.getBase());
        json.put("head", comparison.getHead());
        json.put("mergeBase", comparison.getMergeBase());
        json.put("verdict", word(comparison.getVerdict().name()));
        json.put("complete", comparison.getComplete());
        json.put(
                "changes", comparison.getChanges().stream().map(ApiJson::change).toList());
        json.put(
                "impacts", comparison.getImpacts().stream().map(ApiJson::impact).toList());
        json.put(
                "unresolved",
                comparison.getUnresolved().stream()
                        .map(unresolved -> {
                            Map<String, @Nullable Object> row = new LinkedHashMap<>();
                            row.put("path", unresolved.getPath());
                            row.put("line", unresolved.getLine());
                            row.put("reason", unresolved.getReason());
                            return row;
                        })
                        .toList());
        Map<String, @Nullable Object> coverage = new LinkedHashMap<>();
        coverage.put("files", comparison.getCoverage().getFiles());
        coverage.put("analysed", comparison.getCoverage().getAnalysed());
        coverage.put("unresolved", comparison.getCoverage().getUnresolved());
        json.put("coverage", coverage);
        return json;
    }

    private static Map<String, @Nullable Object> change(Change change) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("dataset", change.getDataset());
        json.put("qualifiedName", change.getQualifiedName());
        json.put("kind", word(change.getKind().name()));
        json.put("column", change.getColumn());
        json.put("renamedTo", change.getRenamedTo());
        json.put("at", at(change.getAt()));
        json.put("because", change.getBecause());
        return json;
    }

    private static Map<String, @Nullable Object> impact(Impact impact) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("repository", impact.getRepository());
        json.put("dataset", impact.getDataset());
        json.put("qualifiedName", impact.getQualifiedName());
        json.put("kind", impact.getKind());
        json.put("column", impact.getColumn());
        json.put("effect", word(impact.getEffect().name()));
        json.put("certainty", word(impact.getCertainty().name()));
        json.put("changedHere", impact.getChangedHere());
        json.put("owners", impact.getOwners());
        json.put("because", impact.getBecause());
        json.put("path", impact.getPath().stream().map(ApiJson::hop).toList());
        return json;
    }

    private static Map<String, @Nullable Object> hop(Hop hop) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("dataset", hop.getDataset());
        json.put("column", hop.getColumn());
        json.put(
                "dependency",
                hop.getDependency() == null ? null : hop.getDependency().name().toLowerCase(Locale.ROOT));
        json.put("at", at(hop.getAt()));
        return json;
    }

    private static Map<String, @Nullable Object> at(Location at) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("repository", at.getRepository());
        json.put("path", at.getPath());
        json.put("line", at.getLine());
        json.put("revision", at.getRevision());
        return json;
    }

    private static String word(String constant) {
        return constant.toLowerCase(Locale.ROOT);
    }

    private static @Nullable String time(Optional<Instant> time) {
        return time.map(Instant::toString).orElse(null);
    }

    static List<Map<String, @Nullable Object>> connections(List<ConnectionRow> rows) {
        return rows.stream().map(ApiJson::connection).toList();
    }
}
