package io.tailwater.console.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.javalin.config.RoutesConfig;
import io.javalin.http.BadRequestResponse;
import io.javalin.http.Context;
import io.tailwater.connector.ConnectionLifecycle.Saved;
import io.tailwater.connector.TokenInspection.Accepted;
import io.tailwater.connector.TokenInspection.Refused;
import io.tailwater.console.activity.Who;
import io.tailwater.console.model.ConnectionRow;
import io.tailwater.console.model.DeadLetterRow;
import io.tailwater.console.model.Listing;
import io.tailwater.console.model.PullRequests.Filter;
import io.tailwater.console.model.StoredReport;
import io.tailwater.schemas.topic.ConnectionId;
import io.tailwater.service.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code /api/v1}: what the pages do, as JSON. Described by {@code openapi.json} beside the templates. */
final class Api {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TYPE = "application/json; charset=utf-8";
    private static final String ACTOR = "actor";
    private static final String V1 = "/api/v1";
    private static final int LONGEST_TOKEN = 4_096;

    private final ConsoleParts parts;
    private final Retry retry;

    Api(ConsoleParts parts) {
        this.parts = parts;
        this.retry = new Retry(parts);
    }

    /** Notes who asks; called by the gate. */
    static void enter(Context context, String actor) {
        context.attribute(ACTOR, actor);
    }

    void register(RoutesConfig routes) {
        routes.get(V1 + "/openapi.json", Api::document);
        routes.post(V1 + "/token-inspections", this::inspect);
        routes.get(
                V1 + "/connections",
                context -> answer(
                        context,
                        200,
                        Map.of(
                                "values",
                                ApiJson.connections(parts.model().connections().all()))));
        routes.post(V1 + "/connections", this::connect);
        routes.get(V1 + "/connections/{id}", context -> answer(context, 200, ApiJson.connection(connection(context))));
        routes.delete(V1 + "/connections/{id}", this::disconnect);
        routes.put(V1 + "/connections/{id}/token", this::replaceToken);
        routes.post(V1 + "/connections/{id}/pause", context -> {
            parts.desk().pause(who(context), id(connection(context)));
            context.status(204);
        });
        routes.post(V1 + "/connections/{id}/resume", context -> {
            parts.desk().resume(who(context), id(connection(context)));
            context.status(204);
        });
        routes.post(
                V1 + "/connections/{id}/repair-webhooks",
                context -> answer(
                        context,
                        200,
                        Map.of("webhooks", parts.desk().repairWebhooks(who(context), id(connection(context))))));
        routes.get(V1 + "/pull-requests", this::pullRequests);
        routes.get(V1 + "/pull-requests/{workspace}/{repository}/{number}/report", this::newestReport);
        routes.get(
                V1 + "/reports/{report}",
                context -> report(context, parts.model().pullRequests().report(context.pathParam("report"))));
        routes.get(
                V1 + "/dead-letters",
                context -> answer(
                        context,
                        200,
                        ApiJson.page(
                                parts.model().records().deadLetters(page(context), pageSize(context)),
                                ApiJson::deadLetter)));
        routes.post(V1 + "/dead-letters/{topic}/{partition}/{offset}/retry", this::retry);
        routes.get(
                V1 + "/activities",
                context -> answer(
                        context,
                        200,
                        ApiJson.page(
                                parts.model().records().activities(page(context), pageSize(context)),
                                ApiJson::activity)));
    }

    private static void document(Context context) throws IOException {
        try (InputStream file = Api.class.getResourceAsStream("/io/tailwater/console/openapi.json")) {
            if (file == null) {
                throw new IllegalStateException("the API's description is missing from the build");
            }
            context.contentType(TYPE).result(file.readAllBytes());
        }
    }

    static void answer(Context context, int status, Object body) {
        try {
            context.status(status).contentType(TYPE).result(JSON.writeValueAsString(body));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("writing an answer", e);
        }
    }

    /** Says what went wrong. */
    static void problem(Context context, int status, String code, String message) {
        Map<String, Object> error = new LinkedHashMap<>();
        error.put("code", code);
        error.put("message", message);
        answer(context, status, Map.of("error", error));
    }

    private static Who who(Context context) {
        String actor = context.attribute(ACTOR);
        if (actor == null) {
            throw new IllegalStateException("the API was called past the gate");
        }
        return new Who(actor, context.ip());
    }

    private ConnectionRow connection(Context context) {
        String id = context.pathParam("id");
        return parts.model()
                .connections()
                .find(id)
                .orElseThrow(() -> new NoSuchElementException("There is no connection \"" + id + "\"."));
    }

    private static ConnectionId id(ConnectionRow row) {
        return new ConnectionId(row.id());
    }

    /** Body of a request; bad JSON is answered with 400, without repeating any of it. */
    private static JsonNode body(Context context) {
        try {
            JsonNode body = JSON.readTree(context.bodyAsBytes());
            if (body != null && body.isObject()) {
                return body;
            }
        } catch (IOException e) {
            throw new BadRequestResponse("The body is not JSON.");
        }
        throw new BadRequestResponse("The body is not a JSON object.");
    }

    private static String text(JsonNode body, String name) {
        JsonNode value = body.path(name);
        if (!value.isTextual() || value.textValue().isBlank()) {
            throw new BadRequestResponse("\"" + name + "\" must be a text that is not empty.");
        }
        if (value.textValue().length() > LONGEST_TOKEN) {
            throw new BadRequestResponse("\"" + name + "\" is too long.");
        }
        return value.textValue().strip();
    }

    private static Optional<Instant> expiry(JsonNode body) {
        JsonNode value = body.path("expiresAt");
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Instant.parse(value.asText()));
        } catch (DateTimeParseException e) {
            throw new BadRequestResponse("\"expiresAt\" must be a time such as 2027-06-30T00:00:00Z.");
        }
    }

    private void inspect(Context context) {
        JsonNode body = body(context);
        switch (parts.desk().inspect(who(context), Secret.of(text(body, "token")), text(body, "workspace"))) {
            case Accepted found -> answer(context, 200, ApiJson.inspection(found));
            case Refused refused -> problem(context, 422, code(refused), refused.sentence());
        }
    }

    /** Name of the refusal's type, e.g. "wrong-workspace". */
    private static String code(Refused refused) {
        return refused.getClass()
                .getSimpleName()
                .replaceAll("(?<=[a-z])(?=[A-Z])", "-")
                .toLowerCase(Locale.ROOT);
    }

    private void connect(Context context) throws InterruptedException {
        JsonNode body = body(context);
        saved(
                context,
                201,
                parts.desk()
                        .connect(who(context), Secret.of(text(body, "token")), text(body, "workspace"), expiry(body)));
    }

    private void replaceToken(Context context) throws InterruptedException {
        JsonNode body = body(context);
        ConnectionId id = id(connection(context));
        saved(context, 200, parts.desk().replaceToken(who(context), id, Secret.of(text(body, "token")), expiry(body)));
    }

    private static void saved(Context context, int status, Saved saved) {
        switch (saved) {
            case Saved.NotSaved refused ->
                problem(context, 422, code(refused.why()), refused.why().sentence());
            case Saved.Connected connected -> {
                Map<String, @Nullable Object> json = new LinkedHashMap<>();
                json.put("id", connected.id().value());
                json.put("webhooks", connected.webhooks());
                json.put("token", ApiJson.inspection(connected.inspection()));
                answer(context, status, json);
            }
        }
    }

    private void disconnect(Context context) throws InterruptedException {
        boolean erase = "true".equals(context.queryParam("eraseReports"));
        Optional<String> left = parts.desk().disconnect(who(context), id(connection(context)), erase);
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("leftAtBitbucket", left.orElse(null));
        answer(context, 200, json);
    }

    private void pullRequests(Context context) {
        String verdict = parameter(context, "verdict").toUpperCase(Locale.ROOT);
        if (!verdict.isEmpty() && !PullRequestPages.VERDICTS.contains(verdict)) {
            throw new BadRequestResponse("\"verdict\" is not one of the verdicts.");
        }
        Filter filter = new Filter(
                parameter(context, "text"),
                parameter(context, "repository"),
                verdict,
                parameter(context, "connection"));
        answer(
                context,
                200,
                ApiJson.page(
                        parts.model().pullRequests().list(filter, page(context), pageSize(context)),
                        ApiJson::pullRequest));
    }

    private static String parameter(Context context, String name) {
        String value = context.queryParam(name);
        return value == null ? "" : value;
    }

    private static int page(Context context) {
        return number(context, "page", 1, 1_000_000);
    }

    private static int pageSize(Context context) {
        return number(context, "pageSize", Listing.USUAL_SIZE, Listing.LARGEST_SIZE);
    }

    private static int number(Context context, String name, int usual, int most) {
        String text = parameter(context, name);
        if (text.isEmpty()) {
            return usual;
        }
        if (!text.matches("[1-9]\\d{0,6}") || Integer.parseInt(text) > most) {
            throw new BadRequestResponse("\"" + name + "\" must be a number from 1 to " + most + ".");
        }
        return Integer.parseInt(text);
    }

    private void newestReport(Context context) {
        String number = context.pathParam("number");
        report(
                context,
                number.matches("[1-9]\\d{0,9}")
                        ? parts.model()
                                .pullRequests()
                                .newestReport(
                                        context.pathParam("workspace"),
                                        context.pathParam("repository"),
                                        Long.parseLong(number))
                        : Optional.empty());
    }

    private static void report(Context context, Optional<StoredReport> found) {
        answer(
                context,
                200,
                ApiJson.report(found.orElseThrow(() -> new NoSuchElementException("There is no such report."))));
    }

    private void retry(Context context) throws InterruptedException {
        DeadLetterRow letter = Retry.named(parts, context)
                .orElseThrow(() -> new NoSuchElementException("There is no such dead letter."));
        Optional<String> problem = retry.run(who(context), letter);
        if (problem.isPresent()) {
            problem(context, 410, "no-longer-kept", problem.get());
        } else {
            context.status(204);
        }
    }
}
