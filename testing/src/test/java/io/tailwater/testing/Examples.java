package io.tailwater.testing;

import io.tailwater.schemas.event.PullRequestRef;
import io.tailwater.schemas.report.Publication;
import io.tailwater.schemas.report.PublicationStatus;
import io.tailwater.schemas.topic.PullRequestKey;
import java.time.Instant;
import java.util.List;

/** Records for these tests. */
final class Examples {

    private Examples() {}

    /** A comment that was posted, with text outside ASCII. */
    static Publication publication(PullRequestKey key) {
        return Publication.newBuilder()
                .setPullRequest(PullRequestRef.newBuilder()
                        .setWorkspaceUuid(key.workspaceUuid())
                        .setWorkspaceSlug("acme")
                        .setRepositoryUuid(key.repositoryUuid())
                        .setRepositorySlug("warehouse")
                        .setNumber(key.number())
                        .build())
                .setConnectionId("acme")
                .setReportId("report-ä€😀")
                .setHead("3f1c9a0b7d2e4f5a6b7c8d9e0f1a2b3c4d5e6f70")
                .setCommentId(301_045_102L)
                .setFindingKeys(List.of("a", "b"))
                .setStatus(PublicationStatus.POSTED)
                .setUpdatedOn(Instant.ofEpochMilli(1_795_800_000_000L))
                .setPublishedAt(Instant.ofEpochMilli(1_795_800_002_345L))
                .build();
    }
}
