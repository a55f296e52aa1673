package io.tailwater.pranalyzer.normalise;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tailwater.schemas.event.Origin;
import io.tailwater.schemas.event.Provenance;
import io.tailwater.schemas.event.PullRequestEvent;
import io.tailwater.schemas.event.PullRequestEventKind;
import io.tailwater.schemas.event.RepositoryEvent;
import io.tailwater.schemas.event.RepositoryEventKind;
import io.tailwater.schemas.event.WebhookDelivery;
import io.tailwater.schemas.topic.RepositoryKey;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeliveryNormaliserTest {

    private static final RepositoryKey KEY = new RepositoryKey("{workspace}", "{94189367-116b-436a-9f77-2314b97a6067}");

    private final DeliveryNormaliser normaliser = new DeliveryNormaliser();

    @Test
    void readsPullRequestFromFork() {
        PullRequestEvent event = pullRequest("pullrequest:created", sample("webhook-pullrequest-created.fork.json"));

        assertThat(event.getKind()).isEqualTo(PullRequestEventKind.OPENED);
        assertThat(event.getPullRequest().getNumber()).isEqualTo(16);
        assertThat(event.getPullRequest().getWorkspaceSlug()).isEqualTo("lkysow");
        assertThat(event.getPullRequest().getRepositorySlug()).isEqualTo("atlantis-example");
        assertThat(event.getPullRequest().getRepositoryUuid()).isEqualTo(KEY.repositoryUuid());
        assertThat(event.getHead().getCommit()).isEqualTo("1e69a602caef");
        assertThat(event.getHead().getRepositoryFullName()).isEqualTo("lkysow-fork/atlantis-example");
        assertThat(event.getBase().getCommit()).isEqualTo("1d1f6d3216f1");
        assertThat(event.getBase().getRepositoryFullName()).isEqualTo("lkysow/atlantis-example");
        assertThat(event.getBase().getBranch()).isEqualTo("main");
        assertThat(event.getAuthor()).isEqualTo("Luke");
        assertThat(event.getUpdatedOn()).isEqualTo(Instant.parse("2019-06-13T13:37:58.128Z"));
        assertThat(event.getConnectionId()).isEqualTo("acme");
    }

    @Test
    void readsUpdateInOlderShape() {
        PullRequestEvent event = pullRequest("pullrequest:updated", sample("webhook-pullrequest-updated.json"));

        assertThat(event.getKind()).isEqualTo(PullRequestEventKind.UPDATED);
        assertThat(event.getHead().getRepositoryFullName())
                .isEqualTo(event.getBase().getRepositoryFullName());
    }

    @Test
    void readsMerge() {
        assertThat(pullRequest("pullrequest:fulfilled", sample("webhook-pullrequest-fulfilled.json"))
                        .getKind())
                .isEqualTo(PullRequestEventKind.MERGED);
    }

    @Test
    void readsDecline() {
        assertThat(pullRequest("pullrequest:rejected", sample("webhook-pullrequest-rejected.json"))
                        .getKind())
                .isEqualTo(PullRequestEventKind.DECLINED);
    }

    @Test
    void letsStateDecideWhenPollerReportsMergeAsUpdate() {
        assertThat(pullRequest("pullrequest:updated", sample("webhook-pullrequest-fulfilled.json"))
                        .getKind())
                .isEqualTo(PullRequestEventKind.MERGED);
    }

    @Test
    void skipsCommentThatIsNotForUs() {
        Normalised read = normalise("pullrequest:comment_created", sample("webhook-pullrequest-comment_created.json"));

        assertThat(read).isEqualTo(new Normalised.Skipped("The comment is not addressed to us"));
    }

    @Test
    void readsCommandFromComment() {
        String body = sample("webhook-pullrequest-comment_created.json")
                .replaceFirst("(\"comment\"[\\s\\S]*?\"raw\": \")[^\"]*\"", "$1/tailwater  Recheck\"")
                .replace("\"state\": \"MERGED\"", "\"state\": \"OPEN\"");

        PullRequestEvent event = pullRequest("pullrequest:comment_created", body);

        assertThat(event.getKind()).isEqualTo(PullRequestEventKind.COMMENT_COMMAND);
        assertThat(event.getCommand()).isEqualTo("recheck");
    }

    @Test
    void readsPushAsMovedBranchesAndLeavesTagsOut() {
        Normalised read = normalise("repo:push", sample("webhook-repo-push.doc-example.json"));

        assertThat(read).isInstanceOfSatisfying(Normalised.OfRepository.class, found -> {
            assertThat(found.events()).hasSize(1);
            RepositoryEvent event = found.events().get(0);
            assertThat(event.getKind()).isEqualTo(RepositoryEventKind.BRANCH_MOVED);
            assertThat(event.getBranch()).isEqualTo("name-of-branch");
            assertThat(event.getCommit()).isEqualTo("709d658dc5b6d6afcd46049c2f332ee3f515a67d");
        });
    }

    @Test
    void readsDeletedBranchAsMovedToNowhere() {
        Normalised read = normalise("repo:push", """
                {"repository": {"full_name": "acme/warehouse"}, "push": {"changes": [
                  {"new": null, "old": {"type": "branch", "name": "old", "target": {"hash": "%s"}}, "closed": true},
                  {"new": {"type": "tag", "name": "v1", "target": {"hash": "%s"}}, "old": null}]}}
                """.formatted("a".repeat(40), "b".repeat(40)));

        assertThat(read).isInstanceOfSatisfying(Normalised.OfRepository.class, found -> {
            assertThat(found.events()).singleElement().satisfies(event -> {
                assertThat(event.getBranch()).isEqualTo("old");
                assertThat(event.getCommit()).isNull();
            });
        });
    }

    @Test
    void skipsPushWithoutChanges() {
        assertThat(normalise("repo:push", "{\"repository\": {\"full_name\": \"a/b\"}, \"push\": {\"changes\": []}}"))
                .isEqualTo(new Normalised.Skipped("The push moves no branch"));
    }

    @Test
    void leavesHeadEmptyWhenForkWasDeleted() {
        String body = sample("webhook-pullrequest-updated.json")
                .replaceFirst(
                        "\"source\": \\{",
                        "\"source\": {\"commit\": null, \"repository\": null, \"branch\": {\"name\": \"x\"}}, \"ignored\": {");

        assertThat(pullRequest("pullrequest:updated", body).getHead()).isNull();
    }

    @Test
    void leavesBaseEmptyWhenDestinationBranchWasDeleted() {
        String body = """
                {"repository": {"full_name": "acme/warehouse"}, "pullrequest": {"id": 3, "title": "t", "state": "OPEN",
                 "updated_on": "2026-01-01T00:00:00.5+00:00",
                 "source": {"commit": {"hash": "aaaaaaaaaaaa"}, "branch": {"name": "x"},
                            "repository": {"full_name": "acme/warehouse", "uuid": "{r}"}},
                 "destination": {"commit": null, "branch": {"name": "gone"},
                            "repository": {"full_name": "acme/warehouse", "uuid": "{r}"}}}}
                """;

        PullRequestEvent event = pullRequest("pullrequest:updated", body);

        assertThat(event.getBase()).isNull();
        assertThat(event.getHead()).isNotNull();
    }

    @Test
    void givesSameContentKeyToSameContentAndAnotherToAnother() {
        String body = sample("webhook-pullrequest-updated.json");
        String key = pullRequest("pullrequest:updated", body).getContentKey();

        assertThat(pullRequest("pullrequest:push", body).getContentKey()).isEqualTo(key);
        assertThat(pullRequest(
                                "pullrequest:updated",
                                body.replaceFirst("\"updated_on\": \"20..", "\"updated_on\": \"2031"))
                        .getContentKey())
                .isNotEqualTo(key);
    }

    @ParameterizedTest
    @ValueSource(strings = {"pullrequest:approved", "repo:fork", "repo:commit_status_created", "issue:created", "x\ny"})
    void saysWhyItSkipsOtherEvents(String eventKey) {
        assertThat(normalise(eventKey, "not even JSON"))
                .isInstanceOfSatisfying(
                        Normalised.Skipped.class,
                        skipped -> assertThat(skipped.reason()).isNotBlank().doesNotContain("\n"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{\"pullrequest\": 3}",
                "{\"pullrequest\"",
                "{\"pullrequest\": {\"id\": 1}}",
                "{\"repository\": {\"full_name\": \"../..\"}, \"pullrequest\": {\"id\": 1, \"state\": \"OPEN\"}}",
                "{\"repository\": {\"full_name\": \"a/b\"}, \"pullrequest\": {\"id\": 0, \"state\": \"OPEN\"}}",
                "{\"repository\": {\"full_name\": \"a/b\"}, \"pullrequest\": {\"id\": 1, \"state\": \"NEW\"}}",
            })
    void setsMalformedBodyAsideWithReason(String body) {
        assertThat(normalise("pullrequest:updated", body))
                .isInstanceOfSatisfying(
                        Normalised.Malformed.class,
                        malformed -> assertThat(malformed.reason()).isNotBlank());
    }

    @Test
    void quotesNothingOfMalformedBody() {
        assertThat(normalise("pullrequest:updated", "{\"pullrequest\": \"ATCTT3secret"))
                .isInstanceOfSatisfying(
                        Normalised.Malformed.class,
                        malformed -> assertThat(malformed.reason()).doesNotContain("ATCTT3"));
    }

    @Test
    void refusesEndlessNesting() {
        String body = "{\"pullrequest\":".repeat(10_000);

        assertThat(normalise("pullrequest:updated", body)).isInstanceOf(Normalised.Malformed.class);
    }

    @Test
    void refusesCommitThatIsNone() {
        String body = sample("webhook-pullrequest-updated.json")
                .replaceFirst("\"hash\": \"[0-9a-f]{12}\"", "\"hash\": \"--upload-pack\"");

        assertThat(normalise("pullrequest:updated", body))
                .isInstanceOfSatisfying(
                        Normalised.Malformed.class,
                        malformed -> assertThat(malformed.reason()).contains("commit.hash"));
    }

    @Test
    void cutsTextFromOutside() {
        String body = sample("webhook-pullrequest-updated.json")
                .replaceFirst("\"title\": \"[^\"]*\"", "\"title\": \"line\\\\nbreak " + "x".repeat(5000) + "\"");

        assertThat(pullRequest("pullrequest:updated", body).getTitle())
                .doesNotContain("\n")
                .hasSizeLessThan(1100);
    }

    private PullRequestEvent pullRequest(String eventKey, String body) {
        Normalised read = normalise(eventKey, body);
        assertThat(read).isInstanceOf(Normalised.OfPullRequest.class);
        return ((Normalised.OfPullRequest) read).event();
    }

    private Normalised normalise(String eventKey, String body) {
        return normaliser.normalise(
                KEY,
                WebhookDelivery.newBuilder()
                        .setConnectionId("acme")
                        .setRequestId("r")
                        .setEventKey(eventKey)
                        .setReceivedAt(Instant.EPOCH)
                        .setProvenance(Provenance.newBuilder()
                                .setOrigin(Origin.WEBHOOK)
                                .build())
                        .setBody(ByteBuffer.wrap(body.getBytes(UTF_8)))
                        .build());
    }

    private static String sample(String name) {
        try (InputStream in = DeliveryNormaliserTest.class.getResourceAsStream("/webhooks/" + name)) {
            return new String(Objects.requireNonNull(in, name).readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
