package io.tailwater.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwater.launcher.fixture.DbtFixture;
import io.tailwater.launcher.fixture.GitFixture;
import io.tailwater.launcher.fixture.Installation;
import io.tailwater.schemas.report.Publication;
import io.tailwater.schemas.topic.PullRequestKey;
import io.tailwater.schemas.topic.Topics;
import io.tailwater.service.KafkaSettings;
import io.tailwater.service.Settings;
import io.tailwater.simulator.BitbucketSimulator;
import io.tailwater.simulator.SimulatorOptions;
import io.tailwater.simulator.state.AccessToken;
import io.tailwater.simulator.state.HostedRepository;
import io.tailwater.simulator.state.PullRequest;
import io.tailwater.testing.KafkaCluster;
import io.tailwater.testing.KafkaExtension;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Tokens are replaced, and one is revoked, while pull requests keep coming. */
@ExtendWith(KafkaExtension.class)
class TokenRotationIT {

    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final String API_KEY = "an-api-key-of-more-than-32-characters";
    private static final int EACH = 6;

    private final HttpClient client = HttpClient.newHttpClient();
    private final List<PullRequest> opened = new ArrayList<>();

    @Test
    void everyPullRequestGetsItsCommentWhicheverTokenWasInUse(KafkaCluster cluster, @TempDir Path folder)
            throws Exception {
        AccessToken first = AccessToken.ofWorkspace("acme", "Tailwater", "ATCTT3xFfGN0rotated1");
        AccessToken second = AccessToken.ofWorkspace("acme", "Tailwater", "ATCTT3xFfGN0rotated2");
        AccessToken third = AccessToken.ofWorkspace("acme", "Tailwater", "ATCTT3xFfGN0rotated3");
        try (BitbucketSimulator bitbucket =
                        BitbucketSimulator.start(SimulatorOptions.defaults().withRequestsPerHour(100_000));
                GitFixture git = GitFixture.create(folder.resolve("shop.git"))) {
            List.of(first, second, third).forEach(bitbucket::addToken);
            git.commit("main", DbtFixture.PROJECT);
            for (int number = 1; number <= 4 * EACH; number++) {
                git.commit("drop-email-" + number, DbtFixture.EMAIL_DROPPED);
            }
            HostedRepository repository = bitbucket.addRepository("acme", "shop", git.folder());
            Settings settings = Configuration.read(Optional.empty(), Map.of())
                    .with(Installation.settings(cluster, folder, bitbucket))
                    .with(Map.of("console.api-key", API_KEY));
            ClusterTopics.createMissing(settings);
            try (TopicTail<PullRequestKey, Publication> publications = TopicTail.follow(
                            settings.load(KafkaSettings.class).clientProperties(), Topics.PUBLICATIONS);
                    Pipeline pipeline = Pipeline.start(settings, service -> {})) {
                pipeline.awaitReady(PATIENCE);
                assertThat(call(pipeline, "POST", "/connections", "{\"token\":\"%s\",\"workspace\":\"acme\"}", first)
                                .statusCode())
                        .isEqualTo(201);

                open(bitbucket, repository);
                replace(pipeline, second);
                open(bitbucket, repository);

                bitbucket.revokeToken(first);
                bitbucket.revokeToken(second);
                open(bitbucket, repository);
                awaitState(pipeline, "needs_new_token");
                open(bitbucket, repository);
                replace(pipeline, third);

                for (PullRequest pullRequest : opened) {
                    assertThat(publications.await(
                                    record -> record.key().number() == pullRequest.number()
                                            && record.value().getCommentId() != null,
                                    PATIENCE))
                            .as("%s", pullRequest)
                            .isPresent();
                }
                assertThat(opened)
                        .hasSize(4 * EACH)
                        .allSatisfy(pullRequest -> assertThat(bitbucket.comments(pullRequest))
                                .singleElement()
                                .satisfies(comment -> assertThat(comment.raw()).contains("dim_users")));
                awaitState(pipeline, "active");
                assertThat(bitbucket.hooks()).hasSize(1);
            }
        }
    }

    private void open(BitbucketSimulator bitbucket, HostedRepository repository) {
        for (int number = 0; number < EACH; number++) {
            String branch = "drop-email-" + (opened.size() + 1);
            opened.add(bitbucket.openPullRequest(repository, branch, "", branch, "main"));
        }
    }

    private void replace(Pipeline pipeline, AccessToken token) throws Exception {
        HttpResponse<String> answer = call(pipeline, "PUT", "/connections/acme/token", "{\"token\":\"%s\"}", token);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    private void awaitState(Pipeline pipeline, String state) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        String seen = "";
        while (!seen.contains("\"state\":\"" + state + "\"")) {
            assertThat(System.nanoTime()).as("still %s", seen).isLessThan(end);
            seen = call(pipeline, "GET", "/connections/acme", "", null).body().replace(" ", "");
            Thread.sleep(200);
        }
    }

    private HttpResponse<String> call(
            Pipeline pipeline, String method, String path, String body, @Nullable AccessToken token)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        pipeline.gateway().console().address().resolve("/api/v1" + path))
                .header("Authorization", "Bearer " + API_KEY)
                .header("Content-Type", "application/json");
        return client.send(
                request.method(
                                method,
                                token == null
                                        ? BodyPublishers.noBody()
                                        : BodyPublishers.ofString(body.formatted(token.text())))
                        .build(),
                BodyHandlers.ofString());
    }
}
