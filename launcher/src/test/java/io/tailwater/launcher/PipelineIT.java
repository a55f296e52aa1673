package io.tailwater.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwater.launcher.demo.LocalWorkspace;
import io.tailwater.launcher.fixture.DbtFixture;
import io.tailwater.launcher.fixture.Deployment;
import io.tailwater.launcher.fixture.GitFixture;
import io.tailwater.schemas.report.Publication;
import io.tailwater.schemas.report.PublicationStatus;
import io.tailwater.simulator.state.Comment;
import io.tailwater.simulator.state.HostedRepository;
import io.tailwater.simulator.state.PullRequest;
import io.tailwater.testing.KafkaCluster;
import io.tailwater.testing.KafkaExtension;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The whole pipeline on one pull request, and on its records read again. */
@ExtendWith(KafkaExtension.class)
class PipelineIT {

    @Test
    void oneCommentFollowsAPullRequestAndSurvivesAReplay(KafkaCluster cluster, @TempDir Path folder) throws Exception {
        try (GitFixture git = GitFixture.create(folder.resolve("shop.git"));
                Deployment deployment = Deployment.on(cluster, folder.resolve("deployment"))) {
            git.commit("main", DbtFixture.PROJECT);
            String broken = git.commit("drop-email", DbtFixture.EMAIL_DROPPED);
            HostedRepository repository =
                    deployment.bitbucket().addRepository(LocalWorkspace.SLUG, "shop", git.folder());
            PullRequest pullRequest;
            String fixed;
            Comment last;
            try (Pipeline pipeline = deployment.startPipeline()) {
                assertThat(pipeline.services()).hasSize(3);
                pullRequest =
                        deployment.bitbucket().openPullRequest(repository, "Drop email", "", "drop-email", "main");
                Publication first = deployment.awaitPublication(
                        pullRequest, publication -> broken.startsWith(publication.getHead()));
                assertThat(first.getStatus()).isEqualTo(PublicationStatus.POSTED);
                assertThat(deployment.texts(pullRequest))
                        .singleElement()
                        .asString()
                        .contains("1 break", "`dim_users`", "`stg_users.email`", "models/dim_users.sql")
                        .doesNotContain("fct_logins");

                fixed = git.commit("drop-email", DbtFixture.READER_FIXED);
                deployment.bitbucket().notifyPush(repository);
                Publication second = deployment.awaitPublication(
                        pullRequest, publication -> fixed.startsWith(publication.getHead()));
                assertThat(second.getCommentId()).isEqualTo(first.getCommentId());
                last = deployment.bitbucket().comments(pullRequest).getFirst();
                assertThat(deployment.texts(pullRequest))
                        .singleElement()
                        .asString()
                        .contains(fixed.substring(0, 7))
                        .doesNotContain("1 break ");
            }

            int recorded = deployment.publications().size();
            deployment.bitbucket().forgetRequests();
            deployment.settings().putAll(fromTheStart(folder));
            try (Pipeline again = deployment.startPipeline()) {
                assertThat(again.services()).hasSize(3);
                // A second pull request, delivered after the records that are read again, ends after them.
                git.commit(
                        "comment-only",
                        Map.of(
                                "models/fct_logins.sql",
                                "-- counted\n" + DbtFixture.PROJECT.get("models/fct_logins.sql")));
                deployment.bitbucket().notifyPush(repository);
                PullRequest marker =
                        deployment.bitbucket().openPullRequest(repository, "Comment", "", "comment-only", "main");
                deployment.awaitPublication(marker, publication -> true);
                assertThat(deployment.texts(marker)).isEmpty();
            }
            assertThat(deployment.bitbucket().comments(pullRequest)).containsExactly(last);
            assertThat(deployment.bitbucket().requests())
                    .filteredOn(request -> List.of("POST", "PUT", "DELETE").contains(request.method())
                            && request.path().contains("/comments"))
                    .isEmpty();
            assertThat(deployment.publications().stream().skip(recorded))
                    .filteredOn(record -> record.key().number() == pullRequest.number())
                    .allSatisfy(record -> assertThat(record.value().getStatus())
                            .isNotIn(PublicationStatus.POSTED, PublicationStatus.UPDATED));
        }
    }

    /** An analyzer that has read nothing yet: another application id and an empty folder. */
    private static Map<String, String> fromTheStart(Path folder) {
        return Map.of(
                "analyzer.application-id",
                "tailwater-analyzer-again",
                "analyzer.data-folder",
                folder.resolve("analyzer-again").toString());
    }
}
