package io.tailwater.bitbucket.api;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.created;
import static com.github.tomakehurst.wiremock.client.WireMock.delete;
import static com.github.tomakehurst.wiremock.client.WireMock.deleteRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.noContent;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.put;
import static com.github.tomakehurst.wiremock.client.WireMock.putRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.tailwater.bitbucket.model.AccessToken;
import io.tailwater.bitbucket.model.Comment;
import io.tailwater.bitbucket.model.Commit;
import io.tailwater.bitbucket.model.CommitHash;
import io.tailwater.bitbucket.model.PullRequest;
import io.tailwater.bitbucket.model.Repository;
import io.tailwater.bitbucket.model.RepositoryName;
import io.tailwater.bitbucket.model.User;
import io.tailwater.bitbucket.model.Webhook;
import io.tailwater.bitbucket.model.WebhookRequest;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RepositoryClientTest {

    private static final String BASE = "/2.0/repositories/acme/warehouse";
    private static final String PULL_REQUEST = """
            {"type": "pullrequest", "id": 12, "title": "Drop email", "state": "%s", "draft": true,
             "source": {"branch": {"name": "feature/a#b"}, "commit": {"hash": "9c1f2ab01234"},
                        "repository": {"uuid": "{r-1}", "full_name": "acme/warehouse"}},
             "destination": {"branch": {"name": "main"}, "commit": null, "repository": null},
             "updated_on": "2026-11-20T08:00:00.123456+00:00", "something": {"new": [1, 2]}}""";
    private static final String COMMENT = """
            {"id": %d, "created_on": "2026-11-20T08:00:00+00:00", "content": {"raw": "%s"},
             "user": {"uuid": "{u-1}", "display_name": "tailwater", "type": "app_user"},
             "deleted": false, "pending": false}""";

    private final FakeHost host = new FakeHost();
    private final RepositoryClient repository = host.repository();

    @AfterEach
    void staysWithinTheContract() {
        try (host) {
            assertThat(host.violations()).isEmpty();
        }
    }

    @Test
    void readsARepositoryWithTheTokenInTheHeader() {
        host.server().stubFor(get(BASE).willReturn(okJson("""
                {"uuid": "{r-1}", "full_name": "acme/warehouse", "is_private": true, "mainbranch": {"name": "main"}}""")));

        assertThat(repository.get())
                .isEqualTo(new Repository("{r-1}", "acme/warehouse", true, Optional.of("main"), Optional.empty()));
        host.server()
                .verify(getRequestedFor(urlEqualTo(BASE))
                        .withHeader("Authorization", equalTo("Bearer " + FakeHost.TOKEN)));
    }

    @Test
    void addressesByUuidWithEncodedBraces() {
        host.server()
                .stubFor(any(anyUrl()).willReturn(okJson("{\"uuid\": \"{r-1}\", \"full_name\": \"acme/warehouse\"}")));

        host.bitbucket(FakeHost.LIMITS)
                .repository(new RepositoryName("{a0-b1}", "{c2-d3}"), AccessToken.of(FakeHost.TOKEN))
                .get();

        host.server().verify(getRequestedFor(urlEqualTo("/2.0/repositories/%7Ba0-b1%7D/%7Bc2-d3%7D")));
    }

    @Test
    void resolvesAShortCommitId() {
        String full = "9c1f2ab012340000000000000000000000000000";
        host.server()
                .stubFor(get(BASE + "/commit/9c1f2ab01234")
                        .willReturn(okJson("{\"hash\": \"" + full + "\", \"date\": \"2026-11-20T08:00:00+02:00\","
                                + " \"parents\": [{\"hash\": \"51d0e7700000\"}]}")));

        Commit commit = repository.commit(new CommitHash("9c1f2ab01234"));

        assertThat(commit.hash().isFull()).isTrue();
        assertThat(commit.date()).isEqualTo(Instant.parse("2026-11-20T06:00:00Z"));
        assertThat(commit.parents()).containsExactly(new CommitHash("51d0e7700000"));
    }

    @Test
    void readsAPullRequestWhoseBaseIsGone() {
        host.server().stubFor(get(BASE + "/pullrequests/12").willReturn(okJson(PULL_REQUEST.formatted("OPEN"))));

        PullRequest pullRequest = repository.pullRequest(12);

        assertThat(pullRequest.state()).isEqualTo(PullRequest.State.OPEN);
        assertThat(pullRequest.draft()).isTrue();
        assertThat(pullRequest.head().branch()).contains("feature/a#b");
        assertThat(pullRequest.head().commit()).contains(new CommitHash("9c1f2ab01234"));
        assertThat(pullRequest.base().commit()).isEmpty();
        assertThat(pullRequest.updatedOn()).isEqualTo(Instant.parse("2026-11-20T08:00:00.123456Z"));
    }

    @Test
    void keepsAStateItDoesNotKnowApart() {
        host.server().stubFor(get(BASE + "/pullrequests/12").willReturn(okJson(PULL_REQUEST.formatted("QUEUED"))));

        assertThat(repository.pullRequest(12).state()).isEqualTo(PullRequest.State.OTHER);
    }

    @Test
    void listsPullRequestsOfSeveralStatesOverAllPages() {
        String first = BASE + "/pullrequests?pagelen=50&state=OPEN";
        host.server()
                .stubFor(get(urlEqualTo(first))
                        .willReturn(okJson("{\"values\": [" + PULL_REQUEST.formatted("OPEN") + "], \"next\": \""
                                + host.uri() + BASE + "/pullrequests?ctx=abc%7C1\"}")));
        host.server()
                .stubFor(get(urlEqualTo(BASE + "/pullrequests?ctx=abc%7C1"))
                        .willReturn(okJson("{\"values\": [" + PULL_REQUEST.formatted("OPEN") + "]}")));

        assertThat(repository.pullRequests(Set.of(PullRequest.State.OPEN))).hasSize(2);
    }

    @Test
    void tellsCommentsOfTheirOwnFromDeletedPendingInlineAndReplies() {
        String times = "\"created_on\": \"2026-11-20T08:00:00+00:00\"";
        host.server()
                .stubFor(get(urlPathEqualTo(BASE + "/pullrequests/12/comments"))
                        .willReturn(okJson("""
                {"values": [
                  {"id": 1, %1$s, "content": {"raw": "own"}, "user": null},
                  {"id": 2, %1$s, "content": {"raw": ""}, "deleted": true},
                  {"id": 3, %1$s, "content": {"raw": "draft"}, "pending": true},
                  {"id": 4, %1$s, "content": {"raw": "line"}, "inline": {"path": "a.sql", "to": 3}},
                  {"id": 5000000000, %1$s, "content": {"raw": "reply"}, "parent": {"id": 1}}]}""".formatted(times))));

        assertThat(repository.comments(12).list())
                .extracting(Comment::id, Comment::standsAlone)
                .containsExactly(
                        tuple(1L, true),
                        tuple(2L, false),
                        tuple(3L, false),
                        tuple(4L, false),
                        tuple(5_000_000_000L, false));
    }

    @Test
    void createsUpdatesAndDeletesAComment() {
        String comments = BASE + "/pullrequests/12/comments";
        host.server().stubFor(post(comments).willReturn(created().withBody(COMMENT.formatted(7, "one"))));
        host.server().stubFor(put(comments + "/7").willReturn(okJson(COMMENT.formatted(7, "two"))));
        host.server().stubFor(delete(comments + "/7").willReturn(noContent()));

        Comment posted = repository.comments(12).create("one \"quoted\"\nline");
        Comment replaced = repository.comments(12).update(7, "two");
        repository.comments(12).delete(7);

        assertThat(posted.author()).contains(new User("{u-1}", "tailwater"));
        assertThat(replaced.text()).isEqualTo("two");
        host.server()
                .verify(postRequestedFor(urlEqualTo(comments))
                        .withHeader("Content-Type", equalTo("application/json"))
                        .withRequestBody(equalToJson("{\"content\": {\"raw\": \"one \\\"quoted\\\"\\nline\"}}")));
        host.server()
                .verify(putRequestedFor(urlEqualTo(comments + "/7"))
                        .withRequestBody(equalToJson("{\"content\": {\"raw\": \"two\"}}")));
        host.server().verify(deleteRequestedFor(urlEqualTo(comments + "/7")));
    }

    @Test
    void installsAndRepairsAWebhookWithItsUuidEncoded() {
        String hook = """
                {"uuid": "{h-1}", "url": "https://tailwater.example/webhooks/bitbucket/acme", "active": true,
                 "events": ["pullrequest:created"], "secret_set": true}""";
        host.server().stubFor(post(BASE + "/hooks").willReturn(created().withBody(hook)));
        host.server().stubFor(put(BASE + "/hooks/%7Bh-1%7D").willReturn(okJson(hook)));
        host.server()
                .stubFor(
                        delete(BASE + "/hooks/%7Bh-1%7D").willReturn(aResponse().withStatus(204)));
        host.server().stubFor(get(urlPathEqualTo(BASE + "/hooks")).willReturn(okJson("{\"values\": [" + hook + "]}")));
        WebhookRequest request = new WebhookRequest(
                URI.create("https://tailwater.example/webhooks/bitbucket/acme"),
                "Tailwater",
                Set.of("pullrequest:created"),
                () -> "signing-key");

        Webhook installed = repository.webhooks().create(request);
        repository.webhooks().update(installed.uuid(), request);
        repository.webhooks().delete(installed.uuid());

        assertThat(installed.signed()).isTrue();
        assertThat(repository.webhooks().list()).containsExactly(installed);
        assertThat(request.toString()).doesNotContain("signing-key");
        host.server()
                .verify(putRequestedFor(urlEqualTo(BASE + "/hooks/%7Bh-1%7D")).withRequestBody(equalToJson("""
                {"url": "https://tailwater.example/webhooks/bitbucket/acme", "description": "Tailwater",
                 "active": true, "secret": "signing-key", "events": ["pullrequest:created"]}""")));
    }
}
