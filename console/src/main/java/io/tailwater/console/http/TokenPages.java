package io.tailwater.console.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.tailwater.connector.ConnectionLifecycle.Saved;
import io.tailwater.connector.Permission;
import io.tailwater.connector.TokenInspection;
import io.tailwater.connector.TokenInspection.Accepted;
import io.tailwater.connector.TokenInspection.Refused;
import io.tailwater.console.connect.Draft;
import io.tailwater.console.connect.KeptToken;
import io.tailwater.console.model.ConnectionRow;
import io.tailwater.console.signin.RandomText;
import io.tailwater.schemas.connection.PermissionState;
import io.tailwater.schemas.topic.ConnectionId;
import io.tailwater.service.Secret;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Entering an access token, seeing what it can do, saving it: for a new connection, or in the place of another token. */
final class TokenPages {

    private static final Logger LOGGER = LoggerFactory.getLogger(TokenPages.class);
    private static final String NEW = "/connectors/bitbucket/access-key/setup";
    private static final String SECTION = "connectors";
    private static final int LONGEST_TOKEN = 4_096;
    private static final int REPOSITORIES_SHOWN = 50;

    private final ConsoleParts parts;

    /**
     * One of the two things that are done with a token.
     *
     * @param path where its form is; the next page is below it
     * @param connection the connection whose token is replaced; empty for a new one
     */
    private record Purpose(String path, Optional<ConnectionRow> connection) {

        String keptToken() {
            return "token " + path;
        }

        String draft() {
            return "draft " + path;
        }

        String usualWorkspace() {
            return connection
                    .map(row -> row.workspace()
                            + (row.scope().equals("REPOSITORY")
                                            && row.repositories().size() == 1
                                    ? "/" + row.repositories().getFirst()
                                    : ""))
                    .orElse("");
        }
    }

    /**
     * A permission as the page shows it.
     *
     * @param group the box's group on Bitbucket's page
     * @param access "Read" or "Write"
     * @param feature what needs it
     * @param badge granted, missing, or cannot tell
     */
    public record PermissionRow(String group, String access, String feature, boolean essential, Badge badge) {}

    TokenPages(ConsoleParts parts) {
        this.parts = parts;
    }

    void register(RoutesConfig routes) {
        routes.get(NEW, context -> form(Visit.of(context), fresh()));
        routes.post(NEW, context -> inspect(Visit.of(context), fresh()));
        routes.get(NEW + "/review", context -> review(Visit.of(context), fresh(), 200, ""));
        routes.post(NEW + "/review", context -> save(Visit.of(context), fresh()));
        routes.get("/connections/{id}/token", context -> form(Visit.of(context), replacing(context)));
        routes.post("/connections/{id}/token", context -> inspect(Visit.of(context), replacing(context)));
        routes.get("/connections/{id}/token/review", context -> review(Visit.of(context), replacing(context), 200, ""));
        routes.post("/connections/{id}/token/review", context -> save(Visit.of(context), replacing(context)));
    }

    private static Purpose fresh() {
        return new Purpose(NEW, Optional.empty());
    }

    /** @throws NoSuchElementException when there is no such connection */
    private Purpose replacing(Context context) {
        String id = context.pathParam("id");
        ConnectionRow row = parts.model()
                .connections()
                .find(id)
                .orElseThrow(() -> new NoSuchElementException("There is no connection \"" + id + "\"."));
        return new Purpose("/connections/" + row.id() + "/token", Optional.of(row));
    }

    private void form(Visit visit, Purpose purpose) {
        Optional<Draft> draft = visit.session().kept(purpose.draft(), Draft.class);
        String workspace = draft.map(Draft::workspace).orElseGet(purpose::usualWorkspace);
        String expires = draft.flatMap(Draft::expiresAt)
                .map(at -> at.atZone(ZoneOffset.UTC).toLocalDate().toString())
                .orElse("");
        form(visit, purpose, 200, workspace, expires, "", "");
    }

    private void form(
            Visit visit, Purpose purpose, int status, String workspace, String expires, String problem, String field) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("path", purpose.path());
        values.put("connection", purpose.connection().orElse(null));
        values.put("workspace", workspace);
        values.put("expires", expires);
        values.put(
                "today",
                LocalDate.ofInstant(parts.clock().instant(), ZoneOffset.UTC).toString());
        values.put("problem", problem);
        values.put("problemField", field);
        values.put("tokenKept", keptToken(visit, purpose).isPresent());
        visit.show(status, "token-form", SECTION, values);
    }

    private Optional<KeptToken> keptToken(Visit visit, Purpose purpose) {
        return visit.session()
                .kept(purpose.keptToken(), KeptToken.class)
                .filter(kept -> kept.isCurrent(parts.clock().instant()));
    }

    private void inspect(Visit visit, Purpose purpose) {
        String workspace = visit.field("workspace");
        String expires = visit.field("expires");
        String entered = visit.field("token");
        if (!entered.isEmpty() && entered.length() <= LONGEST_TOKEN) {
            visit.session()
                    .keep(
                            purpose.keptToken(),
                            new KeptToken(Secret.of(entered), parts.clock().instant()));
        }
        Optional<KeptToken> token = keptToken(visit, purpose);
        Optional<Instant> expiresAt = expiry(expires);
        if (entered.length() > LONGEST_TOKEN) {
            form(visit, purpose, 422, workspace, expires, "This is too long to be an access token.", "token");
        } else if (token.isEmpty()) {
            form(visit, purpose, 422, workspace, expires, "Paste the access token that Bitbucket showed you.", "token");
        } else if (workspace.isEmpty()) {
            form(
                    visit,
                    purpose,
                    422,
                    workspace,
                    expires,
                    "Enter the workspace ID, the part after bitbucket.org/ in the" + " address of your repositories.",
                    "workspace");
        } else if (!expires.isEmpty() && expiresAt.isEmpty()) {
            form(
                    visit,
                    purpose,
                    422,
                    workspace,
                    expires,
                    "Enter the expiry as a date such as 2027-06-30, or leave it" + " empty.",
                    "expires");
        } else {
            inspect(visit, purpose, workspace, expires, token.get(), expiresAt);
        }
    }

    private void inspect(
            Visit visit,
            Purpose purpose,
            String workspace,
            String expires,
            KeptToken token,
            Optional<Instant> expiresAt) {
        switch (parts.desk().inspect(visit.who(), token.token(), workspace)) {
            case Refused refused -> form(visit, purpose, 422, workspace, expires, refused.sentence(), field(refused));
            case Accepted found -> {
                visit.session().keep(purpose.draft(), new Draft(RandomText.next(), workspace, found, expiresAt, token));
                visit.goTo(purpose.path() + "/review");
            }
        }
    }

    /** The field that is to be corrected; empty when none is. */
    private static String field(Refused refused) {
        return switch (refused) {
            case TokenInspection.Malformed malformed -> "";
            case TokenInspection.BadToken bad -> "token";
            case TokenInspection.WrongWorkspace wrong -> "workspace";
            case TokenInspection.RepositoryNotNamed unnamed -> "workspace";
            case TokenInspection.RepositoryNotReached unreached -> "workspace";
            case TokenInspection.MissingPermissions missing -> "token";
            case TokenInspection.DoesNotFit unfit -> "token";
            case TokenInspection.Unreachable unreachable -> "";
            case TokenInspection.RateLimited limited -> "";
        };
    }

    /** The end of the day that was entered; empty for what is no date. */
    private static Optional<Instant> expiry(String date) {
        try {
            return date.isEmpty()
                    ? Optional.empty()
                    : Optional.of(LocalDate.parse(date)
                            .plusDays(1)
                            .atStartOfDay(ZoneOffset.UTC)
                            .toInstant());
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    private Optional<Draft> draft(Visit visit, Purpose purpose) {
        return visit.session()
                .kept(purpose.draft(), Draft.class)
                .filter(draft -> draft.token().isCurrent(parts.clock().instant()));
    }

    private void review(Visit visit, Purpose purpose, int status, String problem) {
        Optional<Draft> draft = draft(visit, purpose);
        if (draft.isEmpty()) {
            visit.say("The token you entered was kept for 15 minutes only. Please enter it again.", "warn");
            visit.goTo(purpose.path());
            return;
        }
        Accepted found = draft.get().found();
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("path", purpose.path());
        values.put("connection", purpose.connection().orElse(null));
        values.put("draft", draft.get().id());
        values.put("problem", problem);
        values.put("kind", Words.ofScope(found.kind().name()));
        values.put("name", found.name().orElse(""));
        values.put("workspace", found.workspaceSlug());
        values.put(
                "repositories",
                found.repositories().stream().limit(REPOSITORIES_SHOWN).toList());
        values.put("repositoryCount", found.repositories().size());
        values.put("moreRepositories", found.moreRepositories());
        values.put("permissions", permissions(found.permissions()));
        values.put("expiresAt", found.expiresAt().or(draft.get()::expiresAt).orElse(null));
        visit.show(status, "token-review", SECTION, values);
    }

    /** All permissions in the order of Bitbucket's page, with their states. */
    static List<PermissionRow> permissions(Map<Permission, PermissionState> states) {
        return Arrays.stream(Permission.values())
                .map(permission -> new PermissionRow(
                        permission.group(),
                        permission.access(),
                        permission.feature(),
                        permission.isEssential(),
                        Words.ofPermission(states.getOrDefault(permission, PermissionState.CANNOT_TELL))))
                .toList();
    }

    private void save(Visit visit, Purpose purpose) throws InterruptedException {
        Optional<Draft> draft =
                draft(visit, purpose).filter(found -> RandomText.same(found.id(), visit.field("draft")));
        if (draft.isEmpty()) {
            visit.say("This page was too old to be saved. Please check the token once more.", "warn");
            visit.goTo(purpose.path());
            return;
        }
        Secret token = draft.get().token().token();
        Saved saved;
        try {
            saved = purpose.connection().isPresent()
                    ? parts.desk()
                            .replaceToken(
                                    visit.who(),
                                    new ConnectionId(purpose.connection().get().id()),
                                    token,
                                    draft.get().expiresAt())
                    : parts.desk()
                            .connect(
                                    visit.who(),
                                    token,
                                    draft.get().workspace(),
                                    draft.get().expiresAt());
        } catch (KafkaException e) {
            LOGGER.atError().setCause(e).log("saving a connection went wrong");
            review(
                    visit,
                    purpose,
                    503,
                    "Kafka did not take the change, so it may not have been saved. Try again in a" + " moment.");
            return;
        }
        switch (saved) {
            case Saved.NotSaved refused ->
                review(visit, purpose, 422, refused.why().sentence());
            case Saved.Connected connected -> {
                visit.session().take(purpose.draft(), Draft.class);
                visit.session().take(purpose.keptToken(), KeptToken.class);
                String what =
                        purpose.connection().isPresent() ? "The new token is in use. " : "Bitbucket is connected. ";
                visit.say(what + connected.webhooks(), "good");
                visit.goTo("/connections/" + connected.id().value());
            }
        }
    }
}
