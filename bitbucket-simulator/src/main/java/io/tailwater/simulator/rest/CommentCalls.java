package io.tailwater.simulator.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.tailwater.simulator.payload.Payloads;
import io.tailwater.simulator.state.AccessToken;
import io.tailwater.simulator.state.Comment;
import io.tailwater.simulator.state.HostedRepository;
import io.tailwater.simulator.state.PullRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Comments of pull requests; reading scope is enough to write them, as on Bitbucket. */
final class CommentCalls implements Calls {

    private static final String ALL = REPOSITORY + "/pullrequests/{number}/comments";
    private static final String ONE = ALL + "/{id}";

    private final Gate gate;
    private final Payloads payloads;
    private final int maxCharacters;

    CommentCalls(Gate gate, Payloads payloads, int maxCharacters) {
        this.gate = gate;
        this.payloads = payloads;
        this.maxCharacters = maxCharacters;
    }

    @Override
    public void register(RoutesConfig routes) {
        routes.get(ALL, this::list);
        routes.post(ALL, this::create);
        routes.get(ONE, this::read);
        routes.put(ONE, this::change);
        routes.delete(ONE, this::delete);
    }

    private record Target(AccessToken token, PullRequest pullRequest) {}

    private Target target(Context ctx) {
        AccessToken token = gate.admit(ctx, "pullrequest");
        HostedRepository repository = gate.repository(ctx, token);
        return new Target(token, gate.hosting().pullRequest(repository.name(), Gate.pullRequestNumber(ctx)));
    }

    private void list(Context ctx) {
        PullRequest pullRequest = target(ctx).pullRequest();
        List<ObjectNode> found = gate.hosting().comments(pullRequest.repository(), pullRequest.number()).stream()
                .map(comment -> payloads.comment(pullRequest, comment))
                .toList();
        Gate.answer(ctx, 200, Page.of(ctx, payloads.links().base(), found));
    }

    private void create(Context ctx) {
        Target target = target(ctx);
        JsonNode body = Gate.body(ctx);
        JsonNode parent = body.path("parent").path("id");
        Comment added = gate.hosting()
                .addComment(
                        target.pullRequest().repository(),
                        target.pullRequest().number(),
                        raw(body),
                        parent.isIntegralNumber() ? parent.asLong() : null,
                        inline(body.path("inline")),
                        target.token().person());
        ObjectNode answer = payloads.comment(target.pullRequest(), added);
        ctx.header("Location", answer.path("links").path("self").path("href").asText());
        Gate.answer(ctx, 201, answer);
    }

    private void read(Context ctx) {
        PullRequest pullRequest = target(ctx).pullRequest();
        Comment found = gate.hosting().comment(pullRequest.repository(), pullRequest.number(), Gate.number(ctx, "id"));
        Gate.answer(ctx, 200, payloads.comment(pullRequest, found));
    }

    private void change(Context ctx) {
        Target target = target(ctx);
        PullRequest pullRequest = target.pullRequest();
        Comment changed = gate.hosting()
                .changeComment(
                        pullRequest.repository(),
                        pullRequest.number(),
                        Gate.number(ctx, "id"),
                        raw(Gate.body(ctx)),
                        target.token().person());
        Gate.answer(ctx, 200, payloads.comment(pullRequest, changed));
    }

    private void delete(Context ctx) {
        Target target = target(ctx);
        gate.hosting()
                .deleteComment(
                        target.pullRequest().repository(),
                        target.pullRequest().number(),
                        Gate.number(ctx, "id"),
                        target.token().person());
        ctx.status(204);
    }

    private String raw(JsonNode body) {
        JsonNode raw = body.path("content").path("raw");
        if (!raw.isTextual() || raw.asText().isBlank()) {
            throw RestException.field("content.raw", "This field is required.");
        }
        if (raw.asText().length() > maxCharacters) {
            throw RestException.oversized();
        }
        return raw.asText();
    }

    private static Comment.@Nullable Inline inline(JsonNode node) {
        if (!node.isObject()) {
            return null;
        }
        if (!node.path("path").isTextual()) {
            throw RestException.field("inline", "path is required");
        }
        Integer from = line(node, "from");
        Integer to = line(node, "to");
        Integer startFrom = line(node, "start_from");
        Integer startTo = line(node, "start_to");
        if ((startFrom != null && (from == null || startFrom > from))
                || (startTo != null && (to == null || startTo > to))) {
            throw RestException.field("inline", "the start of a range lies after its end");
        }
        return new Comment.Inline(node.path("path").asText(), from, to, startFrom, startTo);
    }

    private static @Nullable Integer line(JsonNode node, String field) {
        JsonNode line = node.path(field);
        if (line.isMissingNode() || line.isNull()) {
            return null;
        }
        if (!line.canConvertToInt() || line.asInt() < 1) {
            throw RestException.field("inline", field + " must be a line, counted from 1");
        }
        return line.asInt();
    }
}
