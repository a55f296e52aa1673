package io.tailwater.console.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.tailwater.console.model.Listing;
import io.tailwater.console.model.PullRequestRow;
import io.tailwater.console.model.PullRequests.Filter;
import io.tailwater.console.model.StoredReport;
import io.tailwater.schemas.event.PullRequestRef;
import io.tailwater.schemas.report.ChangeSet;
import io.tailwater.schemas.report.Comparison;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The list of pull requests, and the report of one. */
final class PullRequestPages {

    private static final String SECTION = "pull-requests";
    static final Set<String> VERDICTS = Set.of("BREAKING", "BEHAVIOURAL", "ADDITIVE", "NONE", "INCOMPLETE", "PENDING");

    private final ConsoleParts parts;
    private final Links links;

    /**
     * A pull request as the list shows it.
     *
     * @param row what is known of it
     * @param path its report here
     * @param href its page at Bitbucket
     * @param badges verdict
     * @param state open, merged, …
     * @param comment what became of the comment
     */
    public record Listed(
            PullRequestRow row, String path, String href, List<Badge> badges, Badge state, Badge comment) {}

    PullRequestPages(ConsoleParts parts) {
        this.parts = parts;
        this.links = new Links(parts.bitbucketUrl());
    }

    void register(RoutesConfig routes) {
        routes.get("/", this::home);
        routes.get("/pull-requests", this::list);
        routes.get("/pull-requests/{workspace}/{repository}/{number}", this::newestReport);
        routes.get("/r/{report}", this::report);
    }

    private void home(Context context) {
        boolean connected = !parts.model().connections().all().isEmpty();
        Visit.of(context).goTo(connected ? "/pull-requests" : "/connectors");
    }

    static String path(String workspace, String repository, long number) {
        return "/pull-requests/" + Links.segment(workspace) + "/" + Links.segment(repository) + "/" + number;
    }

    private void list(Context context) {
        Visit visit = Visit.of(context);
        Filter filter = new Filter(
                visit.parameter("text"), visit.parameter("repository"), known(visit.parameter("verdict")), "");
        Listing<PullRequestRow> found = parts.model().pullRequests().list(filter, visit.page(), Listing.USUAL_SIZE);
        Map<String, Object> values = new LinkedHashMap<>();
        values.put(
                "found",
                new Listing<>(
                        found.rows().stream().map(this::listed).toList(),
                        found.page(),
                        found.pageSize(),
                        found.total()));
        values.put("filter", filter);
        values.put("filtered", !filter.equals(Filter.ALL));
        values.put("repositories", parts.model().pullRequests().repositories());
        values.put("query", query(filter));
        values.put("connected", !parts.model().connections().all().isEmpty());
        visit.show("pull-requests", SECTION, values);
    }

    static String known(String verdict) {
        return VERDICTS.contains(verdict) ? verdict : "";
    }

    private static String query(Filter filter) {
        return "text=" + URLEncoder.encode(filter.text(), StandardCharsets.UTF_8)
                + "&repository=" + URLEncoder.encode(filter.repository(), StandardCharsets.UTF_8)
                + "&verdict=" + URLEncoder.encode(filter.verdict(), StandardCharsets.UTF_8) + "&page=";
    }

    private Listed listed(PullRequestRow row) {
        return new Listed(
                row,
                path(row.workspace(), row.repository(), row.number()),
                links.toPullRequest(row.workspace(), row.repository(), row.number()),
                Badge.of(row),
                Badge.ofState(row.state(), row.draft()),
                Badge.ofComment(row.commentStatus()));
    }

    private void newestReport(Context context) {
        String number = context.pathParam("number");
        Optional<StoredReport> stored = number.matches("[1-9]\\d{0,9}")
                ? parts.model()
                        .pullRequests()
                        .newestReport(
                                context.pathParam("workspace"), context.pathParam("repository"), Long.parseLong(number))
                : Optional.empty();
        show(Visit.of(context), stored);
    }

    private void report(Context context) {
        show(Visit.of(context), parts.model().pullRequests().report(context.pathParam("report")));
    }

    private void show(Visit visit, Optional<StoredReport> found) {
        if (found.isEmpty()) {
            visit.notFound(
                    "There is no report here yet, or it is no longer kept. Reports appear some seconds after a pull"
                            + " request is opened or pushed to.");
            return;
        }
        StoredReport stored = found.get();
        ChangeSet changes = stored.report().getChangeSet();
        PullRequestRef reference = changes.getPullRequest();
        Comparison comparison = changes.getComparison();
        String fullName = reference.getWorkspaceSlug() + "/" + reference.getRepositorySlug();
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("stored", stored);
        values.put("title", changes.getTitle());
        values.put("fullName", fullName);
        values.put("number", reference.getNumber());
        values.put("headBranch", changes.getHeadBranch() == null ? "" : changes.getHeadBranch());
        values.put("baseBranch", changes.getBaseBranch() == null ? "" : changes.getBaseBranch());
        values.put("head", comparison == null ? changes.getRequestedHead() : comparison.getHead());
        values.put("createdAt", stored.report().getCreatedAt());
        values.put("outcome", changes.getOutcome().name());
        values.put("reason", changes.getReason() == null ? "" : changes.getReason());
        values.put("state", Badge.ofState(stored.state(), false));
        values.put("comment", Badge.ofComment(stored.commentStatus()));
        values.put(
                "badges",
                Badge.of(
                        changes.getOutcome().name(),
                        Optional.ofNullable(comparison)
                                .map(sum -> sum.getVerdict().name()),
                        comparison != null && comparison.getComplete()));
        values.put("coverage", comparison == null ? null : comparison.getCoverage());
        values.put("complete", comparison != null && comparison.getComplete());
        values.put("searched", stored.report().getSearchedRepositories());
        values.put(
                "shown",
                comparison == null ? null : new ReportView(links, fullName, comparison.getHead()).show(comparison));
        values.put("path", path(reference.getWorkspaceSlug(), reference.getRepositorySlug(), reference.getNumber()));
        values.put(
                "href",
                links.toPullRequest(
                        reference.getWorkspaceSlug(), reference.getRepositorySlug(), reference.getNumber()));
        values.put(
                "commentHref",
                stored.commentId()
                        .map(id -> links.toComment(
                                reference.getWorkspaceSlug(), reference.getRepositorySlug(), reference.getNumber(), id))
                        .orElse(""));
        visit.show("report", SECTION, values);
    }
}
