package io.tailwater.bitbucket.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tailwater.bitbucket.http.Call;
import io.tailwater.bitbucket.http.Json;
import io.tailwater.bitbucket.model.Webhook;
import io.tailwater.bitbucket.model.WebhookRequest;
import java.util.List;

/** Webhooks of one repository or workspace; what {@link RepositoryClient} says of calls holds here. */
public final class WebhooksClient {

    private final Scope scope;

    WebhooksClient(Scope scope) {
        this.scope = scope;
    }

    /** All of them, others' too. */
    public List<Webhook> list() {
        return scope.readAll(Call.get(path() + "?pagelen=100"), Wire::webhook);
    }

    /**
     * Installs one.
     *
     * @throws io.tailwater.bitbucket.model.BitbucketException.Ambiguous when it may have been installed
     */
    public Webhook create(WebhookRequest request) {
        return scope.read(Call.post(path(), body(request)), Wire::webhook);
    }

    /** Replaces one, its secret included. */
    public Webhook update(String uuid, WebhookRequest request) {
        return scope.read(Call.put(scope.path("hooks", uuid), body(request)), Wire::webhook);
    }

    /** Removes one. */
    public void delete(String uuid) {
        scope.run(Call.delete(scope.path("hooks", uuid)));
    }

    private String path() {
        return scope.path("hooks");
    }

    private static ObjectNode body(WebhookRequest request) {
        ObjectNode body = Json.object()
                .put("url", request.url().toString())
                .put("description", request.description())
                .put("active", true)
                .put("secret", request.secret().get());
        ArrayNode events = body.putArray("events");
        request.events().stream().sorted().forEach(events::add);
        return body;
    }
}
