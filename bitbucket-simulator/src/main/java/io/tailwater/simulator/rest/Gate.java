package io.tailwater.simulator.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import io.tailwater.simulator.state.AccessToken;
import io.tailwater.simulator.state.HostedRepository;
import io.tailwater.simulator.state.Hosting;
import io.tailwater.simulator.state.Refusal;
import io.tailwater.simulator.state.RepositoryName;
import io.tailwater.simulator.state.StableId;
import org.eclipse.jgit.lib.ObjectId;

/** Lets requests in: token, scope, allowance, and the repository they are about. */
final class Gate {

    private static final String BEARER = "Bearer ";

    private final Hosting hosting;
    private final RequestBudget budget;

    Gate(Hosting hosting, RequestBudget budget) {
        this.hosting = hosting;
        this.budget = budget;
    }

    Hosting hosting() {
        return hosting;
    }

    /**
     * The token of a request that has the scope and is within its allowance.
     *
     * @param scope needed scope, or empty when any valid token will do
     * @throws RestException 401, 403 or 429
     */
    AccessToken admit(Context ctx, String scope) {
        String header = ctx.header("Authorization");
        AccessToken token = header != null && header.startsWith(BEARER)
                ? hosting.token(header.substring(BEARER.length()).strip()).orElse(null)
                : null;
        if (token == null) {
            throw RestException.of(401, "Token is invalid, expired, or not supported for this endpoint.");
        }
        ctx.header(
                "X-OAuth-Scopes",
                String.join(", ", token.scopes().stream().sorted().toList()));
        ctx.header("X-Accepted-OAuth-Scopes", scope);
        ctx.header("X-Credential-Type", token.repository() == null ? "workspace_access_token" : "repo_access_token");
        if (ctx.path().startsWith("/2.0/repositories/")) {
            countRequest(ctx, token);
        }
        if (!scope.isEmpty() && !token.grants(scope)) {
            throw missing(scope, token);
        }
        return token;
    }

    private void countRequest(Context ctx, AccessToken token) {
        RequestBudget.Answer answer = budget.take(token.text());
        ctx.header("X-RateLimit-Limit", Integer.toString(answer.limit()));
        ctx.header("X-RateLimit-Resource", "api");
        ctx.header("X-RateLimit-NearLimit", Boolean.toString(answer.near()));
        if (!answer.allowed()) {
            ctx.header("Retry-After", Long.toString(answer.retryAfter().toSeconds()));
            throw RestException.of(429, "Rate limit for this resource has been exceeded");
        }
    }

    private static RestException missing(String scope, AccessToken token) {
        ObjectNode detail = JsonNodeFactory.instance.objectNode();
        detail.putArray("required").add(scope);
        token.allScopes().forEach(detail.putArray("granted")::add);
        return RestException.withDetail(403, "Your credentials lack one or more required privilege scopes.", detail);
    }

    /**
     * The workspace of the path, by slug or uuid.
     *
     * @throws RestException 404 when the token belongs to another one
     */
    String workspace(Context ctx, AccessToken token) {
        String text = ctx.pathParam("workspace");
        if (text.equals(token.workspace()) || text.equals(StableId.workspace(token.workspace()))) {
            return token.workspace();
        }
        throw RestException.of(404, "No workspace with identifier '" + text + "'.");
    }

    /**
     * The repository of the path, by slugs or uuids; the workspace may be {@code {}} beside a repository uuid.
     *
     * @throws RestException 404 when there is none, or none that the token reaches
     */
    HostedRepository repository(Context ctx, AccessToken token) {
        String workspace = ctx.pathParam("workspace");
        String slug = ctx.pathParam("slug");
        try {
            HostedRepository found;
            if (slug.startsWith("{")) {
                found = hosting.repositoryByUuid(slug)
                        .orElseThrow(() -> new Refusal(Refusal.Kind.NOT_FOUND, "no such uuid"));
                boolean sameWorkspace = workspace.equals("{}")
                        || workspace.equals(found.name().workspace())
                        || workspace.equals(StableId.workspace(found.name().workspace()));
                if (!sameWorkspace) {
                    throw new Refusal(Refusal.Kind.NOT_FOUND, "in another workspace");
                }
            } else {
                String owner = workspace.equals(StableId.workspace(token.workspace())) ? token.workspace() : workspace;
                found = hosting.repository(new RepositoryName(owner, slug));
            }
            if (token.reaches(found.name())) {
                return found;
            }
        } catch (IllegalArgumentException | Refusal e) {
            // answered below: what may not be seen and what does not exist look the same
        }
        throw RestException.of(
                404,
                "You may not have access to this repository or it no longer exists in this workspace. If you think"
                        + " this repository exists and you have access, make sure you are authenticated.");
    }

    /** A commit by branch name or hash; refuses as Bitbucket does for a missing one. */
    static ObjectId commit(HostedRepository repository, String revision) {
        try {
            return repository.commit(revision);
        } catch (Refusal e) {
            throw RestException.commitNotFound(revision);
        }
    }

    /** A whole number of the path. */
    static long number(Context ctx, String parameter) {
        try {
            return Long.parseLong(ctx.pathParam(parameter));
        } catch (NumberFormatException e) {
            throw RestException.of(404, "Resource not found");
        }
    }

    /** The pull request number of the path. */
    static int pullRequestNumber(Context ctx) {
        long number = number(ctx, "number");
        if (number < 1 || number > Integer.MAX_VALUE) {
            throw RestException.of(404, "Resource not found");
        }
        return (int) number;
    }

    /** The JSON object sent. */
    static JsonNode body(Context ctx) {
        return Json.object(ctx.bodyAsBytes());
    }

    /** Answers with JSON, or with the part of it that the request selects. */
    static void answer(Context ctx, int status, JsonNode node) {
        JsonNode selected = Fields.select(node, ctx.queryParam("fields"));
        ctx.status(status).contentType("application/json").result(selected.toString());
    }
}
