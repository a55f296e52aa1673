package io.tailwater.simulator.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.tailwater.simulator.git.History;
import io.tailwater.simulator.payload.Payloads;
import io.tailwater.simulator.state.AccessToken;
import io.tailwater.simulator.state.BuildStatuses;
import io.tailwater.simulator.state.HostedRepository;
import io.tailwater.simulator.state.PullRequest;
import io.tailwater.simulator.state.RepositoryName;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.jgit.lib.ObjectId;
import org.jspecify.annotations.Nullable;

/** Pull requests themselves: read, list, open, change, merge, decline, and what they contain. */
final class PullRequestCalls implements Calls {

    private static final int LONGEST_PAGE = 50;
    private static final int MOST_COMMITS = 1000;
    private static final String ALL = REPOSITORY + "/pullrequests";
    private static final String ONE = ALL + "/{number}";

    private final Gate gate;
    private final Payloads payloads;
    private final BuildStatuses statuses;

    PullRequestCalls(Gate gate, Payloads payloads, BuildStatuses statuses) {
        this.gate = gate;
        this.payloads = payloads;
        this.statuses = statuses;
    }

    @Override
    public void register(RoutesConfig routes) {
        routes.get(ALL, this::list);
        routes.post(ALL, this::open);
        routes.get(ONE, this::read);
        routes.put(ONE, this::change);
        routes.post(ONE + "/decline", this::decline);
        routes.post(ONE + "/merge", this::merge);
        routes.get(ONE + "/commits", this::commits);
        routes.get(ONE + "/diffstat", ctx -> redirect(ctx, "diffstat"));
        routes.get(ONE + "/diff", ctx -> redirect(ctx, "diff"));
        routes.get(ONE + "/statuses", this::statuses);
    }

    private void list(Context ctx) {
        AccessToken token = gate.admit(ctx, "pullrequest");
        HostedRepository repository = gate.repository(ctx, token);
        Set<String> states = states(ctx);
        List<ObjectNode> found = gate.hosting().pullRequests(repository.name()).reversed().stream()
                .filter(pullRequest -> states.contains(pullRequest.state().name()))
                .map(pullRequest -> payloads.pullRequest(repository, pullRequest, commentCount(pullRequest)))
                .toList();
        Gate.answer(ctx, 200, Page.of(ctx, payloads.links().base(), found, 10, LONGEST_PAGE));
    }

    private static Set<String> states(Context ctx) {
        Set<String> states = new TreeSet<>(ctx.queryParams("state"));
        for (String state : states) {
            try {
                PullRequest.State.valueOf(state);
            } catch (IllegalArgumentException e) {
                throw RestException.of(400, "Invalid state: " + state);
            }
        }
        String query = ctx.queryParam("q");
        if (states.isEmpty()) {
            return query != null && query.contains("state")
                    ? Set.of("OPEN", "MERGED", "DECLINED", "SUPERSEDED")
                    : Set.of("OPEN");
        }
        return states;
    }

    private void open(Context ctx) {
        AccessToken token = gate.admit(ctx, "pullrequest:write");
        HostedRepository repository = gate.repository(ctx, token);
        JsonNode body = Gate.body(ctx);
        String title = required(body.path("title"), "title");
        String source = required(body.path("source").path("branch").path("name"), "source");
        JsonNode destination = body.path("destination").path("branch").path("name");
        PullRequest opened = gate.hosting()
                .open(
                        repository.name(),
                        title,
                        body.path("description").asText(""),
                        source,
                        destination.isTextual() ? destination.asText() : repository.mainBranch(),
                        token.person());
        ctx.header("Location", payloads.links().api(opened));
        Gate.answer(ctx, 201, full(repository, opened));
    }

    private static String required(JsonNode node, String field) {
        if (!node.isTextual() || node.asText().isBlank()) {
            throw RestException.field(field, "This field is required.");
        }
        return node.asText();
    }

    private void read(Context ctx) {
        HostedRepository repository = gate.repository(ctx, gate.admit(ctx, "pullrequest"));
        Gate.answer(ctx, 200, full(repository, pullRequest(ctx, repository.name())));
    }

    private void change(Context ctx) {
        AccessToken token = gate.admit(ctx, "pullrequest:write");
        HostedRepository repository = gate.repository(ctx, token);
        JsonNode body = Gate.body(ctx);
        PullRequest changed = gate.hosting()
                .edit(
                        repository.name(),
                        Gate.pullRequestNumber(ctx),
                        textOrNull(body.path("title")),
                        textOrNull(body.path("description")),
                        textOrNull(body.path("destination").path("branch").path("name")),
                        token.person());
        Gate.answer(ctx, 200, full(repository, changed));
    }

    private static @Nullable String textOrNull(JsonNode node) {
        return node.isTextual() ? node.asText() : null;
    }

    private void decline(Context ctx) {
        AccessToken token = gate.admit(ctx, "pullrequest:write");
        HostedRepository repository = gate.repository(ctx, token);
        PullRequest declined =
                gate.hosting().close(repository.name(), Gate.pullRequestNumber(ctx), null, token.person());
        Gate.answer(ctx, 200, full(repository, declined));
    }

    private void merge(Context ctx) {
        AccessToken token = gate.admit(ctx, "pullrequest:write");
        HostedRepository repository = gate.repository(ctx, token);
        PullRequest merged = Merging.merge(gate.hosting(), repository, Gate.pullRequestNumber(ctx), token.person());
        Gate.answer(ctx, 200, full(repository, merged));
    }

    private void commits(Context ctx) {
        HostedRepository repository = gate.repository(ctx, gate.admit(ctx, "pullrequest"));
        PullRequest pullRequest = pullRequest(ctx, repository.name());
        List<ObjectNode> found = new History(repository)
                        .commits(
                                ObjectId.fromString(pullRequest.sourceHash()),
                                ObjectId.fromString(pullRequest.destinationHash()),
                                MOST_COMMITS)
                        .stream()
                        .map(commit -> payloads.commit(repository, commit))
                        .toList();
        Gate.answer(ctx, 200, Page.of(ctx, payloads.links().base(), found));
    }

    /** Answers 302 to the comparison of both commits, as Bitbucket does. */
    private void redirect(Context ctx, String what) {
        HostedRepository repository = gate.repository(ctx, gate.admit(ctx, "pullrequest"));
        PullRequest pullRequest = pullRequest(ctx, repository.name());
        String location = payloads.links().api(repository.name()) + "/" + what + "/"
                + repository.name().fullName() + ":" + pullRequest.sourceHash().substring(0, 12) + "%0D"
                + pullRequest.destinationHash().substring(0, 12) + "?from_pullrequest_id=" + pullRequest.number()
                + "&topic=true";
        ctx.status(302).header("Location", location).contentType("text/html").result("");
    }

    private void statuses(Context ctx) {
        HostedRepository repository = gate.repository(ctx, gate.admit(ctx, "pullrequest"));
        PullRequest pullRequest = pullRequest(ctx, repository.name());
        List<ObjectNode> found = statuses.of(repository.name(), pullRequest.sourceHash()).stream()
                .map(status -> payloads.status(repository, status))
                .toList();
        Gate.answer(ctx, 200, Page.of(ctx, payloads.links().base(), found));
    }

    private PullRequest pullRequest(Context ctx, RepositoryName name) {
        return gate.hosting().pullRequest(name, Gate.pullRequestNumber(ctx));
    }

    private ObjectNode full(HostedRepository repository, PullRequest pullRequest) {
        return payloads.pullRequestWithPeople(repository, pullRequest, commentCount(pullRequest));
    }

    private int commentCount(PullRequest pullRequest) {
        return (int) gate.hosting().comments(pullRequest.repository(), pullRequest.number()).stream()
                .filter(comment -> !comment.deleted())
                .count();
    }
}
