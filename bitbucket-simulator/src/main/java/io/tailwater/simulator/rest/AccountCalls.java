package io.tailwater.simulator.rest;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.tailwater.simulator.payload.Payloads;
import io.tailwater.simulator.state.AccessToken;
import java.util.List;

/** Who the token is, its workspace, pipelines (there are none), and addresses that Bitbucket has removed. */
final class AccountCalls implements Calls {

    private final Gate gate;
    private final Payloads payloads;

    AccountCalls(Gate gate, Payloads payloads) {
        this.gate = gate;
        this.payloads = payloads;
    }

    @Override
    public void register(RoutesConfig routes) {
        routes.get(
                "/2.0/user",
                ctx -> Gate.answer(
                        ctx, 200, payloads.person(gate.admit(ctx, "account").person())));
        routes.get("/2.0/user/workspaces", this::workspaces);
        routes.get("/2.0/workspaces/{workspace}", this::workspace);
        routes.get(Calls.REPOSITORY + "/pipelines", this::pipelines);
        for (String removed :
                List.of("/2.0/repositories", "/2.0/workspaces", "/2.0/user/permissions/<rest>", "/2.0/teams")) {
            routes.get(removed, AccountCalls::removed);
        }
    }

    private void workspaces(Context ctx) {
        AccessToken token = gate.admit(ctx, "account");
        ObjectNode access = JsonNodeFactory.instance
                .objectNode()
                .put("type", "workspace_access")
                .put("administrator", false);
        access.set("workspace", payloads.workspace(token.workspace()));
        Gate.answer(ctx, 200, Page.of(ctx, payloads.links().base(), List.of(access)));
    }

    private void workspace(Context ctx) {
        AccessToken token = gate.admit(ctx, "");
        Gate.answer(ctx, 200, payloads.workspace(gate.workspace(ctx, token)));
    }

    private void pipelines(Context ctx) {
        gate.repository(ctx, gate.admit(ctx, "pipeline"));
        Gate.answer(ctx, 200, Page.of(ctx, payloads.links().base(), List.of()));
    }

    private static void removed(Context ctx) {
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("type", "error");
        ObjectNode error = body.putObject("error");
        error.put("message", "CHANGE-2770 - Functionality has been deprecated");
        error.putObject("data")
                .put("announcement_url", "https://developer.atlassian.com/cloud/bitbucket/changelog/#CHANGE-2770");
        Gate.answer(ctx, 410, body);
    }
}
