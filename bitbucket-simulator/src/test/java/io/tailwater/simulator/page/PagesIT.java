package io.tailwater.simulator.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwater.simulator.Fixture;
import io.tailwater.simulator.SimulatorOptions;
import io.tailwater.simulator.state.PullRequest;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PagesIT {

    @TempDir
    private Path folder;

    @Test
    void showsAPullRequestWithItsRenderedCommentAndTheLinesItLinksTo() throws Exception {
        try (Fixture fixture = new Fixture(folder, SimulatorOptions.defaults())) {
            PullRequest opened = fixture.simulator.openPullRequest(
                    fixture.repository, "Drop <amount>", "Nobody *needs* it", "feature/drop", "main");
            fixture.simulator.comment(opened, "| Reader | Line |\n|---|---|\n| `fct_orders` | 3 |");
            String page = body(fixture, fixture.simulator.page(opened).toString());
            assertThat(page)
                    .contains("Drop &lt;amount&gt;")
                    .contains("<em>needs</em>")
                    .contains("<td><code>fct_orders</code></td>")
                    .contains("feature/drop")
                    .contains("OPEN");
            String source = body(fixture, "/acme/warehouse/src/" + opened.sourceHash() + "/models/orders.sql#lines-1");
            assertThat(source).contains("<tr id=\"lines-1\">").contains("select id from raw_orders");
            assertThat(body(fixture, "/")).contains("acme/warehouse").contains("1 comment");
            assertThat(fixture.send("GET", "/acme/none", null, null).status()).isEqualTo(404);
        }
    }

    private static String body(Fixture fixture, String path) {
        Fixture.Reply reply = fixture.send("GET", path, null, null);
        assertThat(reply.status()).isEqualTo(200);
        return reply.body();
    }
}
