package io.tailwater.console.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.tailwater.connector.Permission;
import io.tailwater.console.model.ConnectionRow;
import io.tailwater.schemas.connection.ConnectionHealth;
import io.tailwater.schemas.connection.KeptWebhook;
import io.tailwater.schemas.connection.PermissionState;
import io.tailwater.schemas.connection.RepositoryHealth;
import io.tailwater.schemas.connection.TokenFacts;
import io.tailwater.schemas.connection.WebhookState;
import io.tailwater.schemas.topic.ConnectionId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The connectors, and the page of one connection with what can be done with it. */
final class ConnectionPages {

    private static final String SECTION = "connectors";
    private static final int REPOSITORIES_SHOWN = 200;

    private final ConsoleParts parts;

    /**
     * A connection in a list.
     *
     * @param row what is known of it
     * @param badge its state
     * @param kind kind of its token
     */
    public record Listed(ConnectionRow row, Badge badge, String kind) {}

    /**
     * A repository as the page shows it.
     *
     * @param fullName its full name
     * @param branch its default branch, empty for none
     * @param baseline how far its baseline is
     * @param step 0 to 2, of two steps
     * @param problem what is wrong, empty for nothing
     */
    public record RepositoryRow(String fullName, String branch, Badge baseline, int step, String problem) {}

    /**
     * A webhook as the page shows it.
     *
     * @param where whose it is
     * @param url where it delivers
     * @param badge how it stands
     * @param problem what is wrong and what to do, empty for nothing
     */
    public record WebhookRow(String where, String url, Badge badge, String problem, KeptWebhook kept) {}

    ConnectionPages(ConsoleParts parts) {
        this.parts = parts;
    }

    void register(RoutesConfig routes) {
        routes.get("/connectors", context -> connectors(context, "connectors"));
        routes.get("/connectors/bitbucket", context -> connectors(context, "connector-bitbucket"));
        routes.get("/connectors/bitbucket/access-key", context -> connectors(context, "access-key"));
        routes.get("/connections/{id}", this::show);
        routes.post("/connections/{id}/pause", this::pause);
        routes.post("/connections/{id}/resume", this::resume);
        routes.post("/connections/{id}/repair-webhooks", this::repair);
        routes.get("/connections/{id}/disconnect", this::askToDisconnect);
        routes.post("/connections/{id}/disconnect", this::disconnect);
    }

    private void connectors(Context context, String template) {
        List<Listed> connections = parts.model().connections().all().stream()
                .map(ConnectionPages::listed)
                .toList();
        Visit.of(context).show(template, SECTION, Map.of("connections", connections));
    }

    private static Listed listed(ConnectionRow row) {
        return new Listed(row, Badge.ofConnection(row.state()), Words.ofScope(row.scope()));
    }

    /** @throws NoSuchElementException saying that there is no such connection */
    private ConnectionRow connection(Context context) {
        String id = context.pathParam("id");
        return parts.model()
                .connections()
                .find(id)
                .orElseThrow(() -> new NoSuchElementException("There is no connection \"" + id + "\"."));
    }

    private void show(Context context) {
        ConnectionRow row = connection(context);
        ConnectionId id = new ConnectionId(row.id());
        Optional<ConnectionHealth> health = parts.view().health(id);
        List<RepositoryHealth> repositories = parts.view().repositories(id);
        Set<String> withDatasets = parts.model().connections().repositoriesWithDatasets(row.workspaceUuid());
        List<RepositoryRow> rows = repositories.stream()
                .map(repository -> repository(repository, withDatasets.contains(repository.getRepositoryUuid())))
                .toList();
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("connection", listed(row));
        values.put("health", health.orElse(null));
        values.put("token", health.map(ConnectionHealth::getToken).orElse(null));
        values.put(
                "permissions",
                health.map(ConnectionHealth::getToken)
                        .map(token -> TokenPages.permissions(states(token)))
                        .orElse(List.of()));
        values.put("webhooks", webhooks(row, health, repositories));
        values.put("webhookAddress", parts.view().webhookAddress(id).orElse(""));
        values.put("repositories", rows.stream().limit(REPOSITORIES_SHOWN).toList());
        values.put("repositoryCount", rows.size());
        values.put(
                "repositoriesRead",
                rows.stream().filter(repository -> repository.step() == 2).count());
        values.put("progress", parts.model().pullRequests().progress(row.id()));
        values.put("history", parts.view().history(id));
        Visit.of(context).show("connection", SECTION, values);
    }

    private static Map<Permission, PermissionState> states(TokenFacts token) {
        Map<Permission, PermissionState> states = new EnumMap<>(Permission.class);
        for (Permission permission : Permission.values()) {
            PermissionState state = token.getPermissions()
                    .getOrDefault(permission.name(), token.getPermissions().get(permission.scope()));
            states.put(permission, state == null ? PermissionState.CANNOT_TELL : state);
        }
        return states;
    }

    private static RepositoryRow repository(RepositoryHealth repository, boolean hasDatasets) {
        String branch = repository.getDefaultBranch() == null ? "" : repository.getDefaultBranch();
        Badge baseline;
        int step;
        if (repository.getUnreachableSince() != null) {
            baseline = new Badge("Cannot be reached", "bad");
            step = 0;
        } else if (branch.isEmpty()) {
            baseline = new Badge("Empty repository", "plain");
            step = 2;
        } else if (repository.getBaseline() == null) {
            baseline = new Badge("Waiting", "busy");
            step = 0;
        } else {
            baseline = hasDatasets ? new Badge("Read", "good") : new Badge("No datasets known yet", "unknown");
            step = hasDatasets ? 2 : 1;
        }
        String since = repository.getUnreachableSince() == null
                ? ""
                : "Bitbucket says there is no such repository, or the token no longer reaches it.";
        return new RepositoryRow(repository.getFullName(), branch, baseline, step, since);
    }

    private static List<WebhookRow> webhooks(
            ConnectionRow row, Optional<ConnectionHealth> health, List<RepositoryHealth> repositories) {
        List<WebhookRow> rows = new ArrayList<>();
        health.map(ConnectionHealth::getWebhook)
                .ifPresent(hook -> rows.add(webhook("Workspace " + row.workspace(), hook)));
        for (RepositoryHealth repository : repositories) {
            if (repository.getWebhook() != null && rows.size() < REPOSITORIES_SHOWN) {
                rows.add(webhook(repository.getFullName(), repository.getWebhook()));
            }
        }
        return rows;
    }

    private static WebhookRow webhook(String where, KeptWebhook hook) {
        return new WebhookRow(where, hook.getUrl(), badge(hook.getState()), text(hook.getProblem()), hook);
    }

    private static Badge badge(WebhookState state) {
        return switch (state) {
            case STANDING -> new Badge("Stands", "good");
            case REFUSED -> new Badge("Refused", "bad");
            case UNKNOWN -> new Badge("Cannot tell", "unknown");
        };
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : text;
    }

    private void pause(Context context) throws InterruptedException {
        Visit visit = Visit.of(context);
        ConnectionRow row = connection(context);
        parts.desk().pause(visit.who(), new ConnectionId(row.id()));
        visit.say("Paused. What Bitbucket sends is kept, and done once you resume.", "good");
        visit.goTo("/connections/" + row.id());
    }

    private void resume(Context context) throws InterruptedException {
        Visit visit = Visit.of(context);
        ConnectionRow row = connection(context);
        parts.desk().resume(visit.who(), new ConnectionId(row.id()));
        visit.say("Resumed.", "good");
        visit.goTo("/connections/" + row.id());
    }

    private void repair(Context context) throws InterruptedException {
        Visit visit = Visit.of(context);
        ConnectionRow row = connection(context);
        visit.say(parts.desk().repairWebhooks(visit.who(), new ConnectionId(row.id())), "plain");
        visit.goTo("/connections/" + row.id() + "#webhooks");
    }

    private void askToDisconnect(Context context) {
        Visit.of(context).show("disconnect", SECTION, Map.of("connection", listed(connection(context))));
    }

    private void disconnect(Context context) throws InterruptedException {
        Visit visit = Visit.of(context);
        ConnectionRow row = connection(context);
        boolean erase = visit.field("erase-reports").equals("yes");
        Optional<String> left = parts.desk().disconnect(visit.who(), new ConnectionId(row.id()), erase);
        visit.say(
                "Disconnected from " + row.workspace() + ". " + left.orElse("Its webhooks and secrets are gone."),
                left.isPresent() ? "warn" : "good");
        visit.goTo("/connectors");
    }
}
