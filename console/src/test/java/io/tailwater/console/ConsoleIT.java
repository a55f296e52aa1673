package io.tailwater.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.atlassian.oai.validator.OpenApiInteractionValidator;
import com.atlassian.oai.validator.model.SimpleRequest;
import com.atlassian.oai.validator.model.SimpleResponse;
import io.tailwater.console.connect.ConnectorAccess;
import io.tailwater.console.signin.OpenIdSettings;
import io.tailwater.schemas.connection.Connection;
import io.tailwater.schemas.connection.ConnectionScope;
import io.tailwater.schemas.connection.ConnectionState;
import io.tailwater.schemas.topic.ConnectionId;
import io.tailwater.schemas.topic.TopicCreator;
import io.tailwater.schemas.topic.TopicPlan;
import io.tailwater.schemas.topic.Topics;
import io.tailwater.service.CheckResult;
import io.tailwater.service.KafkaSettings;
import io.tailwater.service.Metrics;
import io.tailwater.service.Secret;
import io.tailwater.testing.KafkaCluster;
import io.tailwater.testing.KafkaExtension;
import io.tailwater.testing.TypedTopics;
import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Pages and API over HTTP, on a real broker, with a connector of the test's own. */
@ExtendWith(KafkaExtension.class)
class ConsoleIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String PASSWORD = "correct horse battery staple";
    private static final String KEY = "0123456789abcdef0123456789abcdef";

    private final FakeConnector connector = new FakeConnector();
    private final Metrics metrics = Metrics.forService("test");
    private final HttpClient client =
            HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
    private final OpenApiInteractionValidator contract = OpenApiInteractionValidator.createFor(
                    "/io/tailwater/console/openapi.json")
            .build();
    private ConsoleService console;

    @BeforeEach
    void start(KafkaCluster cluster, @TempDir Path folder) throws Exception {
        try (Admin admin = cluster.admin()) {
            TopicCreator creator = new TopicCreator(admin);
            creator.apply(creator.plan(new TopicPlan.Options(1, (short) 1)));
        }
        ConsoleConfig config = new ConsoleConfig(
                KafkaSettings.of(cluster.bootstrapServers(), URI.create(cluster.schemaRegistryUrl())),
                Optional.empty(),
                folder,
                new ConsoleConfig.ReadModelDatabase(Optional.empty(), Optional.empty(), Optional.empty()),
                new OpenIdSettings(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()),
                Duration.ofHours(1),
                Duration.ofHours(8),
                Optional.of(Secret.of(KEY)),
                URI.create("https://bitbucket.org"));
        console = ConsoleService.start(
                config,
                new ConnectorAccess(connector, connector, connector),
                "127.0.0.1",
                0,
                Map.of("kafka", CheckResult::working),
                metrics);
        new TypedTopics(cluster)
                .send(
                        Topics.CONNECTIONS,
                        new ConnectionId("acme"),
                        Connection.newBuilder()
                                .setConnectionId("acme")
                                .setWorkspaceSlug("acme")
                                .setWorkspaceUuid("{w}")
                                .setScope(ConnectionScope.WORKSPACE)
                                .setState(ConnectionState.ACTIVE)
                                .setSealedToken(ByteBuffer.allocate(1))
                                .setSealedWebhookSecret(ByteBuffer.allocate(1))
                                .setUpdatedAt(Instant.parse("2026-11-23T12:00:00Z"))
                                .build());
        assertThat(console.model().awaitCaughtUp(PATIENCE)).isTrue();
        assertThat(console.model()
                        .await(() -> console.model().connections().find("acme").isPresent(), PATIENCE))
                .isTrue();
    }

    @AfterEach
    void stop() {
        console.close();
        metrics.close();
    }

    @Test
    void everythingButHealthAsksForSignIn() throws Exception {
        assertThat(get("/health/live").statusCode()).isEqualTo(200);
        assertThat(get("/metrics").statusCode()).isEqualTo(200);
        for (String path :
                new String[] {"/", "/connectors", "/pull-requests", "/connections/acme", "/activity", "/r/x"}) {
            HttpResponse<String> answer = get(path);
            assertThat(answer.statusCode()).as(path).isEqualTo(303);
            assertThat(answer.headers().firstValue("Location").orElseThrow()).startsWith("/sign-in");
        }
        assertThat(get("/api/v1/connections").statusCode()).isEqualTo(401);
        assertThat(get("/assets/../openapi.json").statusCode()).isNotEqualTo(200);
        HttpResponse<String> page = get("/sign-in");
        assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("default-src 'none'")
                .doesNotContain("unsafe");
        assertThat(page.headers().firstValue("X-Frame-Options")).contains("DENY");
        assertThat(page.headers().firstValue("Referrer-Policy")).contains("no-referrer");
    }

    @Test
    void aFormWithoutItsTokenDoesNothing() throws Exception {
        signIn();
        HttpResponse<String> forged = send("/connections/acme/pause", Map.of("form-token", "guessed"));
        assertThat(forged.statusCode()).isEqualTo(403);
        assertThat(connector.done).isEmpty();
        assertThat(form("/connections/acme", "/connections/acme/pause", Map.of())
                        .statusCode())
                .isEqualTo(303);
        assertThat(connector.done).containsExactly("pause acme");
    }

    @Test
    void guessingThePasswordIsSlowedDown() throws Exception {
        signIn();
        form("/connectors", "/sign-out", Map.of());
        for (int attempt = 0; attempt < 5; attempt++) {
            assertThat(form("/sign-in", "/sign-in", Map.of("password", "guess")).statusCode())
                    .isEqualTo(401);
        }
        HttpResponse<String> late = form("/sign-in", "/sign-in", Map.of("password", PASSWORD));
        assertThat(late.statusCode()).isEqualTo(429);
        assertThat(late.headers().firstValue("Retry-After")).isPresent();
    }

    @Test
    void theCookieIsKeptFromScriptsAndOtherSitesAndChangesAtSignIn() throws Exception {
        String before = get("/sign-in").headers().firstValue("Set-Cookie").orElseThrow();
        assertThat(before).contains("HttpOnly", "SameSite=Lax", "Path=/");
        String after = signIn().headers().firstValue("Set-Cookie").orElseThrow();
        assertThat(after.substring(0, 40)).isNotEqualTo(before.substring(0, 40));
    }

    @Test
    void aNameFromOutsideIsShownAsText() throws Exception {
        signIn();
        String path = "/connectors/bitbucket/access-key/setup";
        HttpResponse<String> sent =
                form(path, path, Map.of("token", FakeConnector.GOOD, "workspace", "acme", "expires", "2027-06-30"));
        assertThat(sent.statusCode()).isEqualTo(303);
        String review = get(path + "/review").body();
        assertThat(review).contains("Tailwater &lt;b&gt;").doesNotContain("Tailwater <b>", FakeConnector.GOOD);
        Matcher draft = Pattern.compile("name=\"draft\" value=\"([^\"]+)\"").matcher(review);
        assertThat(draft.find()).isTrue();
        assertThat(form(path + "/review", path + "/review", Map.of("draft", "another"))
                        .headers()
                        .firstValue("Location"))
                .contains(path);
        assertThat(connector.done).isEmpty();
        assertThat(form(path + "/review", path + "/review", Map.of("draft", draft.group(1)))
                        .headers()
                        .firstValue("Location"))
                .contains("/connections/acme");
        assertThat(connector.done).containsExactly("connect acme Optional[2027-07-01T00:00:00Z]");
    }

    @Test
    void theApiAnswersAsItsDocumentSays() throws Exception {
        String good = "{\"token\":\"" + FakeConnector.GOOD + "\",\"workspace\":\"acme\"}";
        assertThat(api("GET", "/connections", "")).isEqualTo(200);
        assertThat(api("GET", "/connections/acme", "")).isEqualTo(200);
        assertThat(api("GET", "/connections/none", "")).isEqualTo(404);
        assertThat(api("POST", "/token-inspections", good)).isEqualTo(200);
        assertThat(api("POST", "/token-inspections", good.replace("good", "bad")))
                .isEqualTo(422);
        assertThat(api("POST", "/connections", good)).isEqualTo(201);
        assertThat(api("PUT", "/connections/acme/token", "{\"token\":\"" + FakeConnector.GOOD + "\"}"))
                .isEqualTo(200);
        assertThat(api("POST", "/connections/acme/pause", "")).isEqualTo(204);
        assertThat(api("POST", "/connections/acme/resume", "")).isEqualTo(204);
        assertThat(api("POST", "/connections/acme/repair-webhooks", "")).isEqualTo(200);
        assertThat(api("GET", "/pull-requests?verdict=breaking&page=1&pageSize=10", ""))
                .isEqualTo(200);
        assertThat(api("GET", "/pull-requests/acme/shop/1/report", "")).isEqualTo(404);
        assertThat(api("GET", "/reports/none", "")).isEqualTo(404);
        assertThat(api("GET", "/dead-letters", "")).isEqualTo(200);
        assertThat(api("POST", "/dead-letters/" + Topics.IMPACT_REPORTS.deadLetters() + "/0/0/retry", ""))
                .isEqualTo(404);
        assertThat(console.model()
                        .await(() -> console.model().records().activities(1, 1).total() >= 7, PATIENCE))
                .isTrue();
        assertThat(api("GET", "/activities", "")).isEqualTo(200);
        assertThat(api("DELETE", "/connections/acme?eraseReports=true", "")).isEqualTo(200);
        assertThat(connector.done)
                .containsExactly(
                        "connect acme Optional.empty",
                        "replace acme",
                        "pause acme",
                        "resume acme",
                        "repair acme",
                        "disconnect acme");
        assertThat(get("/api/v1/openapi.json").statusCode()).isEqualTo(200);
    }

    /** Calls the API with its key, and holds request and answer against the document. */
    private int api(String method, String path, String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(console.address().resolve("/api/v1" + path))
                .header("Authorization", "Bearer " + KEY)
                .header("Content-Type", "application/json")
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .build();
        HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
        String bare = path.contains("?") ? path.substring(0, path.indexOf('?')) : path;
        SimpleRequest.Builder asked =
                new SimpleRequest.Builder(method, "/api/v1" + bare).withHeader("Authorization", "Bearer " + KEY);
        if (!body.isEmpty()) {
            asked.withContentType("application/json").withBody(body);
        }
        if (path.contains("?")) {
            for (String parameter : path.substring(path.indexOf('?') + 1).split("&")) {
                asked.withQueryParam(parameter.split("=")[0], parameter.split("=")[1]);
            }
        }
        SimpleResponse.Builder answered = new SimpleResponse.Builder(answer.statusCode());
        answer.headers().firstValue("Content-Type").ifPresent(answered::withContentType);
        if (!answer.body().isEmpty()) {
            answered.withBody(answer.body());
        }
        assertThat(contract.validate(asked.build(), answered.build()).getMessages())
                .as("%s %s: %s", method, path, answer.body())
                .isEmpty();
        return answer.statusCode();
    }

    private HttpResponse<String> signIn() throws Exception {
        URI link = console.oneTimeLink().orElseThrow();
        String key = link.getQuery().substring("key=".length());
        HttpResponse<String> answer = form(
                link.getPath() + "?" + link.getQuery(),
                "/setup",
                Map.of("key", key, "password", PASSWORD, "repeated", PASSWORD));
        assertThat(answer.headers().firstValue("Location")).contains("/connectors");
        return answer;
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(URI.create(console.address() + path)).build(), BodyHandlers.ofString());
    }

    /** Loads a page and sends its form with the token that the page holds. */
    private HttpResponse<String> form(String page, String action, Map<String, String> fields)
            throws IOException, InterruptedException {
        String body = get(page).body();
        Matcher token =
                Pattern.compile("name=\"form-token\" value=\"([^\"]+)\"").matcher(body);
        assertThat(token.find()).as("a form on %s: %s", page, body).isTrue();
        Map<String, String> all = new TreeMap<>(fields);
        all.put("form-token", token.group(1));
        return send(action, all);
    }

    private HttpResponse<String> send(String action, Map<String, String> fields)
            throws IOException, InterruptedException {
        String body = fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return client.send(
                HttpRequest.newBuilder(URI.create(console.address() + action))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }
}
