package io.tailwater.simulator.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailwater.simulator.Fixture;
import io.tailwater.simulator.SimulatorOptions;
import io.tailwater.simulator.state.PullRequest;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FaultsIT {

    @TempDir
    private Path folder;

    private Fixture fixture;
    private PullRequest pullRequest;
    private String comments;

    @BeforeEach
    void start() throws Exception {
        fixture = new Fixture(folder, SimulatorOptions.defaults());
        pullRequest = fixture.simulator.openPullRequest(fixture.repository, "Drop", "", "feature/drop", "main");
        comments = fixture.api() + "/pullrequests/1/comments";
    }

    @AfterEach
    void stop() {
        fixture.close();
    }

    @Test
    void answersTheNextRequestsAndThenRecovers() {
        fixture.simulator.faults().next(2, "GET", "/comments$", Fault.Answer.rateLimited(Duration.ofSeconds(7)));
        Fixture.Reply refused = fixture.get(comments);
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.response().headers().firstValue("Retry-After")).contains("7");
        assertThat(fixture.get(fixture.api()).status()).isEqualTo(200);
        assertThat(fixture.get(comments).status()).isEqualTo(429);
        assertThat(fixture.get(comments).status()).isEqualTo(200);
        assertThat(fixture.simulator.faults().waiting()).isZero();
    }

    @Test
    void losesAnAnswerAfterTheEffect() {
        fixture.simulator.faults().next(1, "POST", "/comments$", new Fault.LostAnswer());
        assertThatThrownBy(() -> fixture.post(comments, "{\"content\":{\"raw\":\"once\"}}"))
                .isInstanceOf(UncheckedIOException.class);
        assertThat(fixture.simulator.comments(pullRequest)).hasSize(1);
    }

    @Test
    void answersAnErrorAfterTheEffect() {
        fixture.simulator.faults().next(1, "POST", "/comments$", new Fault.AnswerAfterEffect(502));
        assertThat(fixture.post(comments, "{\"content\":{\"raw\":\"once\"}}").status())
                .isEqualTo(502);
        assertThat(fixture.simulator.comments(pullRequest)).hasSize(1);
    }

    @Test
    void hangsWithoutAnyEffect() {
        fixture.simulator.faults().next(1, "POST", "/comments$", new Fault.Hang(Duration.ofMillis(50)));
        assertThatThrownBy(() -> fixture.post(comments, "{\"content\":{\"raw\":\"never\"}}"))
                .isInstanceOf(UncheckedIOException.class);
        assertThat(fixture.simulator.comments(pullRequest)).isEmpty();
    }

    @Test
    void reachesGitToo() {
        fixture.simulator.faults().next(1, "*", "\\.git/info/refs", Fault.Answer.status(500));
        assertThat(fixture.get("/acme/warehouse.git/info/refs?service=git-upload-pack")
                        .status())
                .isEqualTo(500);
    }

    @Test
    void recordsRequestsWithoutTheirCredentials() {
        fixture.post(comments, "{\"content\":{\"raw\":\"hello\"}}");
        assertThat(fixture.simulator.requests()).hasSize(1).first().satisfies(request -> {
            assertThat(request.path()).isEqualTo(comments);
            assertThat(request.scheme()).isEqualTo("Bearer");
            assertThat(request.body()).contains("hello");
            assertThat(request.toString()).doesNotContain(Fixture.TOKEN);
        });
    }
}
