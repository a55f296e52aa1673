package io.tailwater.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwater.launcher.demo.LocalWorkspace;
import io.tailwater.launcher.fixture.DbtFixture;
import io.tailwater.launcher.fixture.Deployment;
import io.tailwater.launcher.fixture.GitFixture;
import io.tailwater.launcher.fixture.ServiceProcess;
import io.tailwater.simulator.state.HostedRepository;
import io.tailwater.simulator.state.PullRequest;
import io.tailwater.testing.KafkaCluster;
import io.tailwater.testing.KafkaExtension;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Two analyzer processes share the work; one is killed in the middle. */
@ExtendWith(KafkaExtension.class)
class ScaleOutIT {

    private static final int REPOSITORIES = 12;
    private static final int PULL_REQUESTS_EACH = 5;
    private static final Pattern GATEWAY = Pattern.compile("gateway listens at (\\S+)");

    @Test
    void eachPullRequestGetsExactlyOneCommentThoughAnAnalyzerIsKilled(KafkaCluster cluster, @TempDir Path folder)
            throws Exception {
        List<PullRequest> opened = new ArrayList<>();
        try (Deployment deployment = Deployment.on(cluster, folder.resolve("deployment"));
                ServiceProcess publisher = start(deployment, "publisher", "publisher", folder);
                ServiceProcess first = start(deployment, "analyzer", "analyzer-1", folder);
                ServiceProcess second = start(deployment, "analyzer", "analyzer-2", folder);
                ServiceProcess gateway = start(deployment, "gateway", "gateway", folder)) {
            publisher.awaitOutput("publisher answers");
            first.awaitOutput("analyzer answers");
            second.awaitOutput("analyzer answers");
            gateway.awaitOutput("gateway listens at");
            deployment.workspace().deliverTo(webhooks(gateway.output()));

            for (int index = 0; index < REPOSITORIES; index++) {
                opened.addAll(openPullRequests(deployment, folder, "shop-" + index));
            }
            // By now at least one is done and, with two cores, most are not.
            deployment.awaitPublication(opened.getFirst(), publication -> true);
            first.kill();
            for (PullRequest pullRequest : opened) {
                deployment.awaitPublication(pullRequest, publication -> publication.getCommentId() != null);
            }
            assertThat(opened).hasSize(REPOSITORIES * PULL_REQUESTS_EACH);
            assertThat(opened)
                    .allSatisfy(pullRequest -> assertThat(deployment.texts(pullRequest))
                            .singleElement()
                            .asString()
                            .contains("dim"));
        }
    }

    private static List<PullRequest> openPullRequests(Deployment deployment, Path folder, String slug) {
        List<PullRequest> opened = new ArrayList<>();
        try (GitFixture git = GitFixture.create(folder.resolve(slug + ".git"))) {
            git.commit("main", DbtFixture.PROJECT);
            for (int number = 1; number <= PULL_REQUESTS_EACH; number++) {
                Map<String, String> change = new TreeMap<>(DbtFixture.EMAIL_DROPPED);
                change.put("README.md", "Variant " + number + "\n");
                git.commit("drop-email-" + number, change);
            }
            HostedRepository repository = deployment.bitbucket().addRepository(LocalWorkspace.SLUG, slug, git.folder());
            for (int number = 1; number <= PULL_REQUESTS_EACH; number++) {
                opened.add(deployment
                        .bitbucket()
                        .openPullRequest(repository, "Drop email", "", "drop-email-" + number, "main"));
            }
        }
        return opened;
    }

    private static ServiceProcess start(Deployment deployment, String command, String name, Path folder)
            throws Exception {
        Map<String, String> settings = new TreeMap<>(deployment.settings());
        settings.put(
                "analyzer.data-folder",
                Files.createDirectories(folder.resolve(name)).toString());
        return ServiceProcess.start(List.of(command), settings, folder.resolve(name + ".log"));
    }

    private static URI webhooks(String gatewayOutput) {
        Matcher matcher = GATEWAY.matcher(gatewayOutput);
        assertThat(matcher.find()).isTrue();
        return URI.create(matcher.group(1)).resolve("/webhooks/bitbucket/" + LocalWorkspace.CONNECTION.value());
    }
}
