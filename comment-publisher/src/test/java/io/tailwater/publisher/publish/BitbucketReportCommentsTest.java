package io.tailwater.publisher.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwater.bitbucket.api.Bitbucket;
import io.tailwater.connections.ConnectedWorkspace;
import io.tailwater.publisher.fixture.FakeBitbucket;
import io.tailwater.publisher.fixture.Reports;
import io.tailwater.schemas.connection.ConnectionScope;
import io.tailwater.schemas.connection.ConnectionState;
import io.tailwater.schemas.topic.ConnectionId;
import io.tailwater.service.Secret;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BitbucketReportCommentsTest extends ReportCommentsContract {

    private final FakeBitbucket host = new FakeBitbucket();
    private final Bitbucket bitbucket = new Bitbucket(host.uri(), InstantSource.system());
    private final BitbucketAccess access = new BitbucketAccess(bitbucket);

    @BeforeEach
    void open() {
        host.allow("mine");
        host.open(7, Reports.HEAD_1);
    }

    @AfterEach
    void stop() {
        bitbucket.close();
        host.close();
    }

    @Override
    ReportComments comments() {
        return access.open(workspace("mine"), Reports.pullRequest(7));
    }

    @Override
    long commentOfAnother(String text) {
        return host.comment(7, "another", text, false, false);
    }

    @Test
    void passesOverDeletedCommentsAndDrafts() {
        host.comment(7, "mine", MARKER.above("deleted", Optional.empty()), true, false);
        host.comment(7, "mine", MARKER.above("draft", Optional.empty()), false, true);

        assertThat(comments().marked(MARKER)).isEmpty();
    }

    @Test
    void remembersWhoWritesUnderATokenAcrossPullRequests() {
        comments().post("text");
        host.open(8, Reports.HEAD_1);

        assertThat(access.open(workspace("mine"), Reports.pullRequest(8)).ownAuthor())
                .contains("{mine}");
        assertThat(access.open(workspace("new"), Reports.pullRequest(8)).ownAuthor())
                .isEmpty();
    }

    private static ConnectedWorkspace workspace(String token) {
        return new ConnectedWorkspace(
                new ConnectionId("acme"),
                "acme",
                Optional.of("{8a1c}"),
                ConnectionScope.WORKSPACE,
                List.of(),
                ConnectionState.ACTIVE,
                Secret.of(token),
                Secret.of("webhook"),
                Optional.empty());
    }
}
