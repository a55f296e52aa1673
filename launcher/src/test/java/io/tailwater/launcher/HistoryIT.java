package io.tailwater.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwater.launcher.demo.LocalWorkspace;
import io.tailwater.launcher.fixture.DbtFixture;
import io.tailwater.launcher.fixture.Deployment;
import io.tailwater.launcher.fixture.GitFixture;
import io.tailwater.schemas.report.Publication;
import io.tailwater.schemas.report.PublicationStatus;
import io.tailwater.simulator.state.HostedRepository;
import io.tailwater.simulator.state.PullRequest;
import io.tailwater.testing.KafkaCluster;
import io.tailwater.testing.KafkaExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Past pull requests and recorded events through the whole pipeline, by the commands people use. */
@ExtendWith(KafkaExtension.class)
class HistoryIT {

    @Test
    void pastPullRequestsAndReplayedEventsGetEqualReportsAndNoComments(KafkaCluster cluster, @TempDir Path folder)
            throws Exception {
        try (GitFixture git = GitFixture.create(folder.resolve("shop.git"));
                Deployment deployment = Deployment.on(cluster, folder.resolve("deployment"))) {
            git.commit("main", DbtFixture.PROJECT);
            git.commit("drop-email", DbtFixture.EMAIL_DROPPED);
            git.commit(
                    "count-users", Map.of("models/count_users.sql", "select count(*) as n from {{ ref('users') }}\n"));
            git.commit("late", DbtFixture.EMAIL_DROPPED);
            HostedRepository repository =
                    deployment.bitbucket().addWritableRepository(LocalWorkspace.SLUG, "shop", git.folder());
            PullRequest first = merged(deployment, repository, "drop-email");
            PullRequest second = merged(deployment, repository, "count-users");
            deployment.settings().put("connector.history", "0s");
            String configuration = write(deployment.settings(), folder.resolve("tailwater.properties"));

            try (Pipeline pipeline = deployment.startPipeline()) {
                assertThat(pipeline.services()).hasSize(3);
                assertThat(backfill(configuration, "one")).isZero();
                assertThat(backfill(configuration, "two", "--compare-with", "one"))
                        .isZero();
                assertThat(backfill(configuration, "one")).isZero();

                PullRequest live = deployment.bitbucket().openPullRequest(repository, "Late", "", "late", "main");
                Publication published = deployment.awaitPublication(live, publication -> true);
                int replayed = Tailwater.run(
                        "replay",
                        "--config",
                        configuration,
                        "--from",
                        "2020-01-01",
                        "--run",
                        "again",
                        "--patience",
                        "60");
                assertThat(replayed).isZero();
                assertThat(Tailwater.run("dead-letters", "list", "--config", configuration))
                        .isZero();
                assertThat(deployment.publications())
                        .filteredOn(record -> record.key().number() == live.number())
                        .filteredOn(record -> record.value().getStatus() == PublicationStatus.POSTED)
                        .hasSizeLessThanOrEqualTo(1);
                assertThat(published.getPullRequest().getNumber()).isEqualTo(live.number());
            }
            assertThat(deployment.texts(first)).isEmpty();
            assertThat(deployment.texts(second)).isEmpty();
        }
    }

    private static PullRequest merged(Deployment deployment, HostedRepository repository, String branch) {
        PullRequest opened = deployment.bitbucket().openPullRequest(repository, branch, "", branch, "main");
        return deployment.bitbucket().merge(opened);
    }

    private static int backfill(String configuration, String run, String... more) {
        String[] arguments = {
            "backfill",
            "--config",
            configuration,
            "--workspace",
            LocalWorkspace.SLUG,
            "--repository",
            "shop",
            "--run",
            run,
            "--patience",
            "60"
        };
        String[] all = new String[arguments.length + more.length];
        System.arraycopy(arguments, 0, all, 0, arguments.length);
        System.arraycopy(more, 0, all, arguments.length, more.length);
        return Tailwater.run(all);
    }

    private static String write(Map<String, String> settings, Path file) throws IOException {
        String text = settings.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .collect(Collectors.joining("\n"));
        return Files.writeString(file, text).toString();
    }
}
