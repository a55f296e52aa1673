package io.tailwater.simulator.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tailwater.simulator.Fixture;
import io.tailwater.simulator.SimulatorOptions;
import io.tailwater.simulator.state.AccessToken;
import io.tailwater.simulator.state.PullRequest;
import io.tailwater.simulator.state.StableId;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RestApiIT {

    @TempDir
    private Path folder;

    private Fixture fixture;
    private PullRequest pullRequest;

    @BeforeEach
    void start() throws IOException, GitAPIException {
        fixture = new Fixture(folder, SimulatorOptions.defaults());
        pullRequest = open();
    }

    @AfterEach
    void stop() {
        fixture.close();
    }

    private PullRequest open() {
        return fixture.simulator.openPullRequest(
                fixture.repository, "Drop amount", "Nobody *needs* it", "feature/drop", "main");
    }

    private String api(String rest) {
        return fixture.api() + rest;
    }

    private String comments() {
        return api("/pullrequests/1/comments");
    }

    private static String content(String raw) {
        return "{\"content\":{\"raw\":\"" + raw + "\"}}";
    }

    @Test
    void answers401WithoutAValidBearerToken() {
        for (String authorization : new String[] {null, "Bearer wrong", "Basic eC10b2tlbi1hdXRoOmE="}) {
            Fixture.Reply reply = fixture.send("GET", fixture.api(), null, authorization);
            assertThat(reply.status()).isEqualTo(401);
            assertThat(reply.json().at("/error/message").asText()).startsWith("Token is invalid");
        }
    }

    @Test
    void answers403WithRequiredAndGrantedScopesAsAnObject() {
        fixture.simulator.addToken(Fixture.WORKSPACE_TOKEN.withScopes(Set.of("repository")));
        Fixture.Reply reply = fixture.get(api("/pullrequests"));
        assertThat(reply.status()).isEqualTo(403);
        assertThat(reply.json().at("/error/detail/required/0").asText()).isEqualTo("pullrequest");
        assertThat(reply.json().at("/error/detail/granted/0").asText()).isEqualTo("repository");
        assertThat(fixture.get(fixture.api()).status()).isEqualTo(200);
    }

    @Test
    void impliedScopesOpenWhatTheyImply() {
        fixture.simulator.addToken(Fixture.WORKSPACE_TOKEN.withScopes(Set.of("pullrequest")));
        assertThat(fixture.get(fixture.api()).status()).isEqualTo(200);
        assertThat(fixture.post(comments(), content("hello")).status()).isEqualTo(201);
        assertThat(fixture.post(api("/pullrequests/1/decline"), "{}").status()).isEqualTo(403);
    }

    @Test
    void findsARepositoryBySlugAndByUuid() {
        JsonNode bySlug = fixture.get(fixture.api()).json();
        assertThat(bySlug.path("full_name").asText()).isEqualTo("acme/warehouse");
        assertThat(bySlug.at("/mainbranch/name").asText()).isEqualTo("main");
        String uuid = bySlug.path("uuid").asText();
        assertThat(uuid).isEqualTo(StableId.of("repository", "acme/warehouse"));
        String encoded = URLEncoder.encode(uuid, StandardCharsets.UTF_8);
        assertThat(fixture.get("/2.0/repositories/%7B%7D/" + encoded).json()).isEqualTo(bySlug);
        assertThat(fixture.get("/2.0/repositories/acme/" + encoded).json()).isEqualTo(bySlug);
        assertThat(fixture.get("/2.0/repositories/acme/absent").status()).isEqualTo(404);
    }

    @Test
    void listsOnlyWhatTheTokenReaches() {
        fixture.simulator.createRepository("acme", "other");
        assertThat(fixture.get("/2.0/repositories/acme").json().path("size").asInt())
                .isEqualTo(2);
        AccessToken one = AccessToken.ofRepository(fixture.repository.name(), "One", "one");
        fixture.simulator.addToken(one);
        Fixture.Reply reply = fixture.send("GET", "/2.0/repositories/acme", null, "Bearer one");
        assertThat(reply.json().path("size").asInt()).isEqualTo(1);
        assertThat(fixture.send("GET", "/2.0/repositories/acme/other", null, "Bearer one")
                        .status())
                .isEqualTo(404);
        assertThat(fixture.send("GET", "/2.0/user", null, "Bearer one").status())
                .isEqualTo(403);
    }

    @Test
    void pullRequestsCarryTwelveDigitsAndCommitsForty() {
        JsonNode one = fixture.get(api("/pullrequests/1")).json();
        String head = fixture.repository.tip("feature/drop").orElseThrow().name();
        assertThat(one.at("/source/commit/hash").asText()).isEqualTo(head.substring(0, 12));
        assertThat(one.at("/destination/branch/name").asText()).isEqualTo("main");
        assertThat(one.path("state").asText()).isEqualTo("OPEN");
        assertThat(one.has("reviewers")).isTrue();
        assertThat(fixture.get(api("/pullrequests/1/commits"))
                        .json()
                        .at("/values/0/hash")
                        .asText())
                .isEqualTo(head);
        assertThat(fixture.get(api("/commit/" + head.substring(0, 12)))
                        .json()
                        .path("hash")
                        .asText())
                .isEqualTo(head);
        assertThat(fixture.get(api("/commit/0123456789ab"))
                        .json()
                        .at("/error/data/shas/0")
                        .asText())
                .isEqualTo("0123456789ab");
    }

    @Test
    void listsOpenPullRequestsUnlessOtherStatesAreAskedFor() {
        fixture.simulator.decline(pullRequest);
        open();
        JsonNode open = fixture.get(api("/pullrequests")).json();
        assertThat(open.path("size").asInt()).isEqualTo(1);
        assertThat(open.at("/values/0").has("reviewers")).isFalse();
        assertThat(fixture.get(api("/pullrequests?state=OPEN&state=DECLINED"))
                        .json()
                        .path("size")
                        .asInt())
                .isEqualTo(2);
        assertThat(fixture.get(api("/pullrequests?state=all")).status()).isEqualTo(400);
        assertThat(fixture.get(api("/pullrequests?pagelen=51")).status()).isEqualTo(400);
        String query = URLEncoder.encode(
                "source.branch.name=\"feature/drop\" AND destination.branch.name=\"main\"", StandardCharsets.UTF_8);
        assertThat(fixture.get(api("/pullrequests?q=" + query))
                        .json()
                        .path("size")
                        .asInt())
                .isEqualTo(1);
        assertThat(fixture.get(api("/pullrequests?q=" + query.replace("drop", "none")))
                        .json()
                        .path("size")
                        .asInt())
                .isZero();
    }

    @Test
    void opensAPullRequestAsTheToken() {
        Fixture.Reply reply = fixture.post(
                api("/pullrequests"), "{\"title\":\"Again\",\"source\":{\"branch\":{\"name\":\"feature/drop\"}}}");
        assertThat(reply.status()).isEqualTo(201);
        assertThat(reply.json().at("/author/display_name").asText()).isEqualTo("Tailwater");
        assertThat(reply.json().at("/destination/branch/name").asText()).isEqualTo("main");
        assertThat(reply.response().headers().firstValue("Location"))
                .contains(fixture.simulator.address() + api("/pullrequests/2"));
        Fixture.Reply absent =
                fixture.post(api("/pullrequests"), "{\"title\":\"X\",\"source\":{\"branch\":{\"name\":\"no\"}}}");
        assertThat(absent.status()).isEqualTo(400);
        assertThat(fixture.post(api("/pullrequests"), "{}")
                        .json()
                        .at("/error/fields/title/0")
                        .asText())
                .isNotEmpty();
    }

    @Test
    void commentsArePagedByTenAndTheNextLinkLeadsToTheRest() {
        for (int i = 0; i < 23; i++) {
            fixture.post(comments(), content("number " + i));
        }
        List<String> seen = new ArrayList<>();
        String next = comments();
        int pages = 0;
        while (!next.isEmpty()) {
            JsonNode page = fixture.get(next).json();
            page.path("values")
                    .forEach(comment -> seen.add(comment.at("/content/raw").asText()));
            next = page.path("next").asText("");
            pages++;
        }
        assertThat(pages).isEqualTo(3);
        assertThat(seen)
                .hasSize(23)
                .startsWith("number 0")
                .endsWith("number 22")
                .doesNotHaveDuplicates();
    }

    @Test
    void selectsFieldsAndLosesTheNextLinkUnlessItIsSelectedToo() {
        for (int i = 0; i < 11; i++) {
            fixture.post(comments(), content("number " + i));
        }
        JsonNode plain =
                fixture.get(comments() + "?fields=values.id,values.content.raw").json();
        assertThat(plain.at("/values/0/content").toString()).isEqualTo("{\"raw\":\"number 0\"}");
        assertThat(plain.has("next")).isFalse();
        JsonNode paging = fixture.get(comments() + "?fields=values.id,next").json();
        assertThat(fixture.get(paging.path("next").asText()).json().toString())
                .matches("\\{\"values\":\\[\\{\"id\":\\d+}]}");
        assertThat(fixture.get(fixture.api() + "?fields=-links").json().has("links"))
                .isFalse();
    }

    @Test
    void aCommentKeepsItsTextAndShowsItsHtml() {
        Fixture.Reply reply = fixture.post(comments(), content("[m]: https://x.example/1\\n\\n**1 break** <b>x</b>"));
        assertThat(reply.status()).isEqualTo(201);
        assertThat(reply.json().at("/content/raw").asText())
                .isEqualTo("[m]: https://x.example/1\n\n**1 break** <b>x</b>");
        assertThat(reply.json().at("/content/html").asText())
                .isEqualTo("<p><strong>1 break</strong> &lt;b&gt;x&lt;/b&gt;</p>");
        String id = reply.json().path("id").asText();
        assertThat(fixture.put(comments() + "/" + id, content("better"))
                        .json()
                        .at("/content/raw")
                        .asText())
                .isEqualTo("better");
        assertThat(fixture.delete(comments() + "/" + id).status()).isEqualTo(204);
        JsonNode listed = fixture.get(comments()).json().at("/values/0");
        assertThat(listed.path("deleted").asBoolean()).isTrue();
        assertThat(fixture.put(comments() + "/" + id, content("again")).status())
                .isEqualTo(404);
    }

    @Test
    void onlyTheAuthorMayChangeAComment() {
        String id = fixture.post(comments(), content("mine")).json().path("id").asText();
        fixture.simulator.addToken(AccessToken.ofWorkspace("acme", "Newer", "newer"));
        assertThat(fixture.send("PUT", comments() + "/" + id, content("theirs"), "Bearer newer")
                        .status())
                .isEqualTo(403);
        assertThat(fixture.send("DELETE", comments() + "/" + id, null, "Bearer newer")
                        .status())
                .isEqualTo(403);
    }

    @Test
    void answersAnOversizedCommentWithHtml() {
        Fixture.Reply reply = fixture.post(comments(), content("x".repeat(40_000)));
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.body()).isEqualTo("<h1>Bad Request (400)</h1>");
        assertThat(reply.response().headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("text/html"));
    }

    @Test
    void refusesCommentsWithoutTextAndBodiesThatAreNoJson() {
        assertThat(fixture.post(comments(), "{}").json().at("/error/fields").isObject())
                .isTrue();
        assertThat(fixture.post(comments(), "{").status()).isEqualTo(400);
        assertThat(fixture.post(api("/pullrequests/9/comments"), content("x")).status())
                .isEqualTo(404);
    }

    @Test
    void diffstatOfAPullRequestRedirectsToTheComparison() {
        Fixture.Reply redirect = fixture.get(api("/pullrequests/1/diffstat"));
        assertThat(redirect.status()).isEqualTo(302);
        String location = redirect.response().headers().firstValue("Location").orElseThrow();
        assertThat(location).contains("%0D").contains("topic=true");
        JsonNode page = fixture.get(location).json();
        assertThat(page.path("pagelen").asInt()).isEqualTo(500);
        assertThat(page.at("/values/0/status").asText()).isEqualTo("modified");
        assertThat(page.at("/values/0/new/path").asText()).isEqualTo("models/orders.sql");
        assertThat(page.at("/values/0/lines_removed").asInt()).isEqualTo(1);
    }

    @Test
    void comparesFromTheMergeBaseOnlyWhenAskedTo() throws Exception {
        fixture.commit("models/later.sql", "select 1\n", "Move main");
        fixture.simulator.notifyPush(fixture.repository);
        String head = fixture.repository.tip("feature/drop").orElseThrow().name();
        String main = fixture.repository.tip("main").orElseThrow().name();
        String spec = api("/diffstat/" + head + ".." + main);
        assertThat(fixture.get(spec + "?topic=true").json().path("size").asInt())
                .isEqualTo(1);
        JsonNode two = fixture.get(spec + "?topic=false").json();
        assertThat(two.path("size").asInt()).isEqualTo(2);
        JsonNode removed = two.path("values").get(0);
        assertThat(removed.path("status").asText()).isEqualTo("removed");
        assertThat(removed.path("new").isNull()).isTrue();
        assertThat(fixture.get(api("/merge-base/" + head + ".." + main))
                        .json()
                        .path("hash")
                        .asText())
                .isEqualTo(fixture.git.getRepository().resolve("main~1").name());
        assertThat(fixture.get(api("/diff/" + head + ".." + main)).body()).contains("-select id, amount");
    }

    @Test
    void readsFilesAndDirectories() {
        String main = fixture.repository.tip("main").orElseThrow().name();
        assertThat(fixture.get(api("/src/" + main + "/models/orders.sql")).body())
                .isEqualTo("select id, amount from raw_orders\n");
        assertThat(fixture.get(api("/src/" + main + "/")).json().path("size").asInt())
                .isEqualTo(2);
        assertThat(fixture.get(api("/src/" + main + "/models/orders.sql?format=meta"))
                        .json()
                        .path("size")
                        .asInt())
                .isEqualTo(34);
        assertThat(fixture.get(api("/src/" + main + "/none")).status()).isEqualTo(404);
        assertThat(fixture.get(api("/refs/branches/feature/drop"))
                        .json()
                        .path("name")
                        .asText())
                .isEqualTo("feature/drop");
        assertThat(fixture.get(api("/refs/branches")).json().path("size").asInt())
                .isEqualTo(2);
    }

    @Test
    void hooksAreKeptWithoutShowingTheirSecret() {
        String body =
                "{\"url\":\"https://x.example/h\",\"events\":[\"repo:push\"],\"secret\":\"s3cret\",\"active\":true}";
        for (String hooks : List.of(api("/hooks"), "/2.0/workspaces/acme/hooks")) {
            Fixture.Reply made = fixture.post(hooks, body);
            assertThat(made.status()).isEqualTo(201);
            assertThat(made.json().path("secret_set").asBoolean()).isTrue();
            assertThat(made.body()).doesNotContain("s3cret");
            String one =
                    hooks + "/" + URLEncoder.encode(made.json().path("uuid").asText(), StandardCharsets.UTF_8);
            assertThat(fixture.get(one).status()).isEqualTo(200);
            assertThat(fixture.put(one, "{\"active\":false}")
                            .json()
                            .path("secret_set")
                            .asBoolean())
                    .isTrue();
            assertThat(fixture.put(one, "{\"secret\":null}")
                            .json()
                            .path("secret_set")
                            .asBoolean())
                    .isFalse();
            assertThat(fixture.get(hooks).json().path("size").asInt()).isEqualTo(1);
            assertThat(fixture.delete(one).status()).isEqualTo(204);
            assertThat(fixture.get(one).status()).isEqualTo(404);
        }
        assertThat(fixture.post(api("/hooks"), body.replace("repo:push", "repo:pushh"))
                        .status())
                .isEqualTo(400);
    }

    @Test
    void aRepositoryTokenCannotInstallAWorkspaceHook() {
        fixture.simulator.addToken(AccessToken.ofRepository(fixture.repository.name(), "One", "one"));
        assertThat(fixture.send("GET", "/2.0/workspaces/acme/hooks", null, "Bearer one")
                        .status())
                .isEqualTo(403);
    }

    @Test
    void statusesBelongToWhoMadeThem() {
        String head = fixture.repository.tip("feature/drop").orElseThrow().name();
        String statuses = api("/commit/" + head + "/statuses/build");
        String body = "{\"key\":\"tailwater\",\"state\":\"FAILED\",\"url\":\"https://x.example/\"}";
        assertThat(fixture.post(statuses, body).status()).isEqualTo(201);
        assertThat(fixture.post(statuses, body).status()).isEqualTo(200);
        assertThat(fixture.get(api("/pullrequests/1/statuses"))
                        .json()
                        .path("size")
                        .asInt())
                .isEqualTo(1);
        fixture.simulator.addToken(AccessToken.ofWorkspace("acme", "Newer", "newer"));
        assertThat(fixture.send("POST", statuses, body, "Bearer newer").status())
                .isEqualTo(403);
        assertThat(fixture.post(statuses, body.replace("tailwater", "k".repeat(58)))
                        .json()
                        .at("/error/fields/key/0")
                        .asText())
                .contains("(it has 58)");
        assertThat(fixture.post(statuses, body.replace("https://x.example/", "nowhere"))
                        .status())
                .isEqualTo(400);
    }

    @Test
    void reportsTakeAtMostAHundredAnnotationsACall() {
        String head = fixture.repository.tip("feature/drop").orElseThrow().name();
        String report = api("/commit/" + head + "/reports/tailwater");
        assertThat(fixture.put(report, "{\"title\":\"T\",\"details\":\"D\",\"report_type\":\"BUG\"}")
                        .status())
                .isEqualTo(200);
        String one = "{\"external_id\":\"1\",\"annotation_type\":\"BUG\",\"summary\":\"s\"}";
        assertThat(fixture.post(report + "/annotations", "[" + one + "]").status())
                .isEqualTo(200);
        Fixture.Reply tooMany = fixture.post(report + "/annotations", "[" + (one + ",").repeat(100) + one + "]");
        assertThat(tooMany.status()).isEqualTo(400);
        assertThat(tooMany.json().has("type")).isFalse();
        assertThat(tooMany.json().path("message").asText()).contains("/100 annotations");
        assertThat(fixture.get(report + "/annotations").json().path("size").asInt())
                .isEqualTo(1);
        assertThat(fixture.delete(report).status()).isEqualTo(204);
        assertThat(fixture.get(report).status()).isEqualTo(404);
    }

    @Test
    void mergesAndClosesOnce() {
        String main = fixture.repository.tip("main").orElseThrow().name();
        JsonNode merged = fixture.post(api("/pullrequests/1/merge"), "{}").json();
        assertThat(merged.path("state").asText()).isEqualTo("MERGED");
        String now = fixture.repository.tip("main").orElseThrow().name();
        assertThat(now)
                .isNotEqualTo(main)
                .startsWith(merged.at("/merge_commit/hash").asText());
        assertThat(fixture.post(api("/pullrequests/1/merge"), "{}").status()).isEqualTo(400);
        assertThat(fixture.post(api("/pullrequests/1/decline"), "{}").status()).isEqualTo(400);
    }

    @Test
    void removedAddressesAnswer410AndUnknownOnes404() {
        assertThat(fixture.get("/2.0/repositories").status()).isEqualTo(410);
        assertThat(fixture.get("/2.0/user/permissions/workspaces").status()).isEqualTo(410);
        Fixture.Reply unknown = fixture.get("/2.0/nothing/here");
        assertThat(unknown.status()).isEqualTo(404);
        assertThat(unknown.json().path("type").asText()).isEqualTo("error");
        assertThat(fixture.get(api("/pipelines")).json().path("size").asInt()).isZero();
        assertThat(fixture.get("/2.0/user").json().path("display_name").asText())
                .isEqualTo("Tailwater");
    }
}
