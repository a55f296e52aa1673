package io.tailwater.pranalyzer.normalise;

import io.tailwater.schemas.event.RepositoryEvent;
import io.tailwater.schemas.event.RepositoryEventKind;
import io.tailwater.schemas.event.WebhookDelivery;
import io.tailwater.schemas.topic.RepositoryKey;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads bodies about repositories. */
final class RepositoryReader {

    /** Bitbucket sends one change a branch or tag; more than this in one push is no push of a person. */
    private static final int MAX_CHANGES = 2000;

    private RepositoryReader() {}

    static Normalised whole(RepositoryKey key, WebhookDelivery delivery, Payload payload, RepositoryEventKind kind)
            throws MalformedPayload {
        FullName repository = repository(payload);
        return new Normalised.OfRepository(
                repository.repositorySlug(), List.of(event(key, delivery, repository, kind, null, null)));
    }

    static Normalised push(RepositoryKey key, WebhookDelivery delivery, Payload payload) throws MalformedPayload {
        FullName repository = repository(payload);
        List<Payload.@Nullable Change> changes = Fields.require(
                "push.changes", Fields.require("push", payload.push()).changes());
        if (changes.size() > MAX_CHANGES) {
            throw new MalformedPayload("push.changes has more than " + MAX_CHANGES + " entries");
        }
        List<RepositoryEvent> moved = new ArrayList<>();
        for (Payload.Change change : changes) {
            RepositoryEvent event = change == null ? null : branchMoved(key, delivery, repository, change);
            if (event != null) {
                moved.add(event);
            }
        }
        return moved.isEmpty()
                ? new Normalised.Skipped("The push moves no branch")
                : new Normalised.OfRepository(repository.repositorySlug(), moved);
    }

    private static @Nullable RepositoryEvent branchMoved(
            RepositoryKey key, WebhookDelivery delivery, FullName repository, Payload.Change change)
            throws MalformedPayload {
        Payload.Reference after = change.after();
        Payload.Reference before = change.before();
        Payload.Reference named = after == null ? before : after;
        if (named == null || !"branch".equals(named.type())) {
            return null;
        }
        String commit = after == null
                ? null
                : Fields.commit(
                        "push.changes.new.target.hash",
                        Fields.require("push.changes.new.target", after.target())
                                .hash());
        String branch = Fields.branch("push.changes.name", named.name());
        return event(key, delivery, repository, RepositoryEventKind.BRANCH_MOVED, branch, commit);
    }

    private static FullName repository(Payload payload) throws MalformedPayload {
        return Fields.fullName(
                "repository.full_name",
                Fields.require("repository", payload.repository()).fullName());
    }

    private static RepositoryEvent event(
            RepositoryKey key,
            WebhookDelivery delivery,
            FullName repository,
            RepositoryEventKind kind,
            @Nullable String branch,
            @Nullable String commit) {
        return RepositoryEvent.newBuilder()
                .setWorkspaceUuid(key.workspaceUuid())
                .setWorkspaceSlug(repository.workspaceSlug())
                .setRepositoryUuid(key.repositoryUuid())
                .setRepositorySlug(repository.repositorySlug())
                .setConnectionId(delivery.getConnectionId())
                .setKind(kind)
                .setBranch(branch)
                .setCommit(commit)
                .setOccurredAt(delivery.getReceivedAt())
                .setProvenance(delivery.getProvenance())
                .build();
    }
}
