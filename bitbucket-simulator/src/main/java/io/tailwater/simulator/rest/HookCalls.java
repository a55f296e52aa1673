package io.tailwater.simulator.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.tailwater.simulator.payload.Payloads;
import io.tailwater.simulator.state.AccessToken;
import io.tailwater.simulator.state.Hook;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Webhook subscriptions of repositories and workspaces. */
final class HookCalls implements Calls {

    private static final int LONGEST_SECRET = 128;
    private static final String OF_WORKSPACE = "/2.0/workspaces/{workspace}/hooks";
    private static final String OF_REPOSITORY = REPOSITORY + "/hooks";

    private final Gate gate;
    private final Payloads payloads;

    HookCalls(Gate gate, Payloads payloads) {
        this.gate = gate;
        this.payloads = payloads;
    }

    @Override
    public void register(RoutesConfig routes) {
        routes.get("/2.0/hook_events/{subject}", this::events);
        for (String all : List.of(OF_WORKSPACE, OF_REPOSITORY)) {
            routes.get(all, this::list);
            routes.post(all, this::create);
            routes.get(all + "/{uid}", ctx -> Gate.answer(ctx, 200, payloads.hook(find(ctx, owner(ctx)))));
            routes.put(all + "/{uid}", this::change);
            routes.delete(all + "/{uid}", this::delete);
        }
    }

    /** What a hook belongs to: a workspace, or one repository of it. */
    private record Owner(String workspace, @Nullable String repository) {
        boolean owns(Hook hook) {
            return workspace.equals(hook.workspace()) && Objects.equals(repository, hook.repository());
        }
    }

    private Owner owner(Context ctx) {
        AccessToken token = gate.admit(ctx, "webhook");
        if (ctx.pathParamMap().containsKey("slug")) {
            var name = gate.repository(ctx, token).name();
            return new Owner(name.workspace(), name.slug());
        }
        String workspace = gate.workspace(ctx, token);
        if (token.repository() != null) {
            throw RestException.of(403, "You do not have permission to manage webhooks of this workspace.");
        }
        return new Owner(workspace, null);
    }

    private void events(Context ctx) {
        String subject = ctx.pathParam("subject");
        if (!subject.equals("repository") && !subject.equals("workspace")) {
            throw RestException.of(404, "No such subject type: " + subject);
        }
        Gate.answer(ctx, 200, Page.of(ctx, payloads.links().base(), HookEvents.describe(), 100, 100));
    }

    private void list(Context ctx) {
        Owner owner = owner(ctx);
        List<ObjectNode> found = gate.hosting().hooks().stream()
                .filter(owner::owns)
                .map(payloads::hook)
                .toList();
        Gate.answer(ctx, 200, Page.of(ctx, payloads.links().base(), found));
    }

    private void create(Context ctx) {
        Owner owner = owner(ctx);
        JsonNode body = Gate.body(ctx);
        Hook made = gate.hosting()
                .put(new Hook(
                        gate.hosting().newHookId(),
                        owner.workspace(),
                        owner.repository(),
                        url(body.path("url")),
                        body.path("description").asText(""),
                        body.path("active").asBoolean(true),
                        events(body.path("events")),
                        secret(body.path("secret")),
                        gate.hosting().tick()));
        ObjectNode answer = payloads.hook(made);
        ctx.header("Location", answer.path("links").path("self").path("href").asText());
        Gate.answer(ctx, 201, answer);
    }

    private void change(Context ctx) {
        Hook before = find(ctx, owner(ctx));
        JsonNode body = Gate.body(ctx);
        Hook changed = gate.hosting()
                .put(new Hook(
                        before.uuid(),
                        before.workspace(),
                        before.repository(),
                        body.has("url") ? url(body.path("url")) : before.url(),
                        body.path("description").asText(before.description()),
                        body.path("active").asBoolean(before.active()),
                        body.has("events") ? events(body.path("events")) : before.events(),
                        body.has("secret") ? secret(body.path("secret")) : before.secret(),
                        before.created()));
        Gate.answer(ctx, 200, payloads.hook(changed));
    }

    private void delete(Context ctx) {
        gate.hosting().removeHook(find(ctx, owner(ctx)).uuid());
        ctx.status(204);
    }

    private Hook find(Context ctx, Owner owner) {
        String uid = ctx.pathParam("uid");
        return gate.hosting().hooks().stream()
                .filter(hook -> owner.owns(hook) && hook.uuid().equals(uid))
                .findFirst()
                .orElseThrow(() -> RestException.of(404, "Webhook " + uid + " not found"));
    }

    private static URI url(JsonNode node) {
        try {
            URI url = URI.create(node.asText());
            if (("http".equals(url.getScheme()) || "https".equals(url.getScheme())) && url.getHost() != null) {
                return url;
            }
        } catch (IllegalArgumentException e) {
            // answered below
        }
        throw RestException.field("url", "Enter a valid URL.");
    }

    private static List<String> events(JsonNode node) {
        Set<String> events = new LinkedHashSet<>();
        node.forEach(event -> events.add(event.asText()));
        if (events.isEmpty() || events.size() != node.size()) {
            throw RestException.field("events", "At least one event is needed, and none twice.");
        }
        for (String event : events) {
            if (!HookEvents.KEYS.contains(event)) {
                throw RestException.field("events", "Unknown event: " + event);
            }
        }
        return new ArrayList<>(events);
    }

    private static @Nullable String secret(JsonNode node) {
        String secret = node.asText("");
        if (node.isMissingNode() || node.isNull() || secret.isEmpty()) {
            return null;
        }
        if (secret.length() > LONGEST_SECRET) {
            throw RestException.field("secret", "Ensure this value has at most 128 characters.");
        }
        return secret;
    }
}
