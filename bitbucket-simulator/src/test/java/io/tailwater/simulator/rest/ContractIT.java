package io.tailwater.simulator.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.atlassian.oai.validator.OpenApiInteractionValidator;
import com.atlassian.oai.validator.model.Request;
import com.atlassian.oai.validator.model.SimpleResponse;
import com.atlassian.oai.validator.report.LevelResolver;
import com.atlassian.oai.validator.report.ValidationReport;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tailwater.simulator.Fixture;
import io.tailwater.simulator.SimulatorOptions;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Answers against Bitbucket's own contract. Fields beyond it are let pass: the service itself sends some that the
 * contract forbids, such as {@code content.type}. Nulls are left out before checking: recorded answers hold them, such as
 * {@code merge_commit}, while the contract declares nothing nullable.
 */
class ContractIT {

    private static final String HOOK =
            "{\"url\":\"https://x.example/h\",\"events\":[\"repo:push\"],\"description\":\"d\",\"active\":true}";
    private static final String STATUS =
            "{\"key\":\"tailwater\",\"state\":\"SUCCESSFUL\",\"url\":\"https://x.example/\",\"name\":\"Tailwater\"}";
    private static final String REPORT =
            "{\"title\":\"Tailwater\",\"details\":\"fine\",\"report_type\":\"BUG\",\"result\":\"PASSED\"}";

    @TempDir
    private static Path folder;

    private static Fixture fixture;
    private static OpenApiInteractionValidator contract;

    @BeforeAll
    static void start() throws IOException, GitAPIException {
        try (InputStream in =
                Objects.requireNonNull(ContractIT.class.getResourceAsStream("/contract/bitbucket-openapi.json"))) {
            contract = OpenApiInteractionValidator.createForInlineApiSpecification(
                            new String(in.readAllBytes(), StandardCharsets.UTF_8))
                    .withLevelResolver(LevelResolver.create()
                            .withLevel(
                                    "validation.response.body.schema.additionalProperties",
                                    ValidationReport.Level.IGNORE)
                            .build())
                    .build();
        }
        fixture = new Fixture(folder, SimulatorOptions.defaults());
        for (int i = 0; i < 4; i++) {
            fixture.simulator.openPullRequest(fixture.repository, "Drop", "Why *not*", "feature/drop", "main");
        }
    }

    @AfterAll
    static void stop() {
        fixture.close();
    }

    private record Call(
            String method, String path, @Nullable String body, int status) {}

    @TestFactory
    List<DynamicTest> answersKeepToTheContract() {
        String api = "/repositories/acme/warehouse";
        String head = fixture.repository.tip("feature/drop").orElseThrow().name();
        String main = fixture.repository.tip("main").orElseThrow().name();
        String comment = fixture.post("/2.0" + api + "/pullrequests/1/comments", "{\"content\":{\"raw\":\"hi\"}}")
                .json()
                .path("id")
                .asText();
        String hook = encoded(
                fixture.post("/2.0" + api + "/hooks", HOOK).json().path("uuid").asText());
        String commit = api + "/commit/" + head;
        List<Call> calls = List.of(
                get("/repositories/acme"),
                get(api),
                get(api + "/pullrequests"),
                new Call(
                        "POST",
                        api + "/pullrequests",
                        "{\"type\":\"pullrequest\",\"title\":\"T\",\"source\":{\"branch\":{\"name\":\"feature/drop\"}}}",
                        201),
                get(api + "/pullrequests/1"),
                new Call("PUT", api + "/pullrequests/1", "{\"type\":\"pullrequest\",\"title\":\"Other\"}", 200),
                get(api + "/pullrequests/1/comments"),
                new Call("POST", api + "/pullrequests/1/comments", "{\"content\":{\"raw\":\"a | b\"}}", 201),
                new Call(
                        "POST",
                        api + "/pullrequests/1/comments",
                        "{\"content\":{\"raw\":\"here\"},\"inline\":{\"path\":\"models/orders.sql\",\"to\":1}}",
                        201),
                get(api + "/pullrequests/1/comments/" + comment),
                new Call("PUT", api + "/pullrequests/1/comments/" + comment, "{\"content\":{\"raw\":\"ho\"}}", 200),
                new Call("DELETE", api + "/pullrequests/1/comments/" + comment, null, 204),
                get(api + "/pullrequests/99/comments", 404),
                new Call("POST", commit + "/statuses/build", STATUS, 201),
                get(commit + "/statuses"),
                get(api + "/pullrequests/1/statuses"),
                new Call("PUT", commit + "/reports/tailwater", REPORT, 200),
                get(commit + "/reports/tailwater"),
                new Call("DELETE", commit + "/reports/tailwater", null, 204),
                get(api + "/diffstat/" + head + ".." + main),
                get(api + "/merge-base/" + head + ".." + main),
                get(commit),
                get(api + "/commits"),
                get(api + "/refs/branches"),
                get(api + "/refs/branches/main"),
                get(api + "/hooks"),
                new Call("POST", api + "/hooks", HOOK, 201),
                new Call("PUT", api + "/hooks/" + hook, HOOK, 200),
                get(api + "/hooks/" + hook),
                new Call("DELETE", api + "/hooks/" + hook, null, 204),
                get("/workspaces/acme"),
                new Call("POST", "/workspaces/acme/hooks", HOOK, 201),
                get("/workspaces/acme/hooks"),
                get("/user"),
                get("/user/workspaces"),
                new Call("POST", api + "/pullrequests/2/decline", null, 200),
                new Call("POST", api + "/pullrequests/3/merge", "{\"type\":\"pullrequest_merge_parameters\"}", 200),
                get(api + "/pullrequests/3"));
        return calls.stream()
                .map(call -> DynamicTest.dynamicTest(call.method() + " " + call.path(), () -> check(call)))
                .toList();
    }

    @Test
    void theContractWouldNoticeAWrongAnswer() {
        ValidationReport report = contract.validateResponse(
                "/repositories/acme/warehouse/pullrequests/1",
                Request.Method.GET,
                SimpleResponse.Builder.status(200)
                        .withContentType("application/json")
                        .withBody("{\"id\":\"one\",\"state\":\"OPENED\"}")
                        .build());
        assertThat(report.getMessages()).hasSizeGreaterThanOrEqualTo(2);
    }

    private static void check(Call call) {
        Fixture.Reply reply = fixture.send(call.method(), "/2.0" + call.path(), call.body(), "Bearer " + Fixture.TOKEN);
        assertThat(reply.status()).as(reply.body()).isEqualTo(call.status());
        SimpleResponse.Builder answer = SimpleResponse.Builder.status(reply.status());
        reply.response().headers().firstValue("Content-Type").ifPresent(answer::withContentType);
        ValidationReport report = contract.validateResponse(
                call.path(),
                Request.Method.valueOf(call.method()),
                reply.body().isEmpty()
                        ? answer.build()
                        : answer.withBody(withoutNulls(reply.json()).toString()).build());
        assertThat(report.getMessages())
                .filteredOn(message -> message.getLevel() == ValidationReport.Level.ERROR)
                .as(reply.body())
                .isEmpty();
    }

    private static JsonNode withoutNulls(JsonNode node) {
        if (node instanceof ObjectNode object) {
            object.properties().removeIf(field -> field.getValue().isNull());
        }
        node.forEach(ContractIT::withoutNulls);
        return node;
    }

    private static Call get(String path) {
        return get(path, 200);
    }

    private static Call get(String path, int status) {
        return new Call("GET", path, null, status);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
