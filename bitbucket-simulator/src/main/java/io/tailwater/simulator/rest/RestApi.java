package io.tailwater.simulator.rest;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.tailwater.simulator.payload.Payloads;
import io.tailwater.simulator.state.BuildStatuses;
import io.tailwater.simulator.state.Hosting;
import io.tailwater.simulator.state.Refusal;
import java.time.Clock;
import java.util.List;

/** All REST calls below {@code /2.0}, and how failures become answers. */
public final class RestApi {

    private final List<Calls> calls;

    /**
     * The calls over one hosting.
     *
     * @param requestsPerHour what each token may ask of {@code /2.0/repositories} in a rolling hour
     * @param maxCommentCharacters longer comments get the HTML 400
     */
    public RestApi(
            Hosting hosting,
            Payloads payloads,
            BuildStatuses statuses,
            Clock clock,
            int requestsPerHour,
            int maxCommentCharacters) {
        Gate gate = new Gate(hosting, new RequestBudget(requestsPerHour, clock));
        this.calls = List.of(
                new AccountCalls(gate, payloads),
                new RepositoryCalls(gate, payloads),
                new PullRequestCalls(gate, payloads, statuses),
                new CommentCalls(gate, payloads, maxCommentCharacters),
                new HookCalls(gate, payloads),
                new CommitMarkCalls(gate, payloads, statuses));
    }

    /** Adds all addresses and the answers to failures. */
    public void register(RoutesConfig routes) {
        calls.forEach(group -> group.register(routes));
        routes.exception(RestException.class, RestApi::answer);
        routes.exception(
                Refusal.class,
                (refusal, ctx) -> answer(RestException.of(refusal.kind().status(), refusal.reason()), ctx));
        routes.error(404, ctx -> {
            String type = ctx.res().getContentType();
            if (ctx.path().startsWith("/2.0/") && (type == null || !type.startsWith("application/json"))) {
                answer(RestException.of(404, "Resource not found"), ctx);
            }
        });
    }

    private static void answer(RestException failure, Context ctx) {
        ctx.status(failure.status()).contentType(failure.contentType()).result(failure.body());
    }
}
