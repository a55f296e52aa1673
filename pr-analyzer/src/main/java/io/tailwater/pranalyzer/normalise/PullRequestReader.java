package io.tailwater.pranalyzer.normalise;

import io.tailwater.schemas.event.PullRequestEvent;
import io.tailwater.schemas.event.PullRequestEventKind;
import io.tailwater.schemas.event.PullRequestRef;
import io.tailwater.schemas.event.PullRequestSide;
import io.tailwater.schemas.event.WebhookDelivery;
import io.tailwater.schemas.topic.RepositoryKey;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads bodies about pull requests. */
final class PullRequestReader {

    private PullRequestReader() {}

    static Normalised pullRequest(RepositoryKey key, WebhookDelivery delivery, Payload payload)
            throws MalformedPayload {
        Payload.PullRequest found = Fields.require("pullrequest", payload.pullRequest());
        return new Normalised.OfPullRequest(event(key, delivery, payload, found, kind(delivery, found), null));
    }

    static Normalised comment(RepositoryKey key, WebhookDelivery delivery, Payload payload) throws MalformedPayload {
        Payload.PullRequest found = Fields.require("pullrequest", payload.pullRequest());
        Payload.Comment comment = Fields.require("comment", payload.comment());
        Payload.Content content = comment.content();
        Optional<String> command = CommentCommand.in(content == null ? null : content.raw());
        if (command.isEmpty()) {
            return new Normalised.Skipped("The comment is not addressed to us");
        }
        if (!"OPEN".equals(found.state())) {
            return new Normalised.Skipped("A command on a pull request that is not open is not carried out");
        }
        return new Normalised.OfPullRequest(
                event(key, delivery, payload, found, PullRequestEventKind.COMMENT_COMMAND, command.get()));
    }

    private static PullRequestEventKind kind(WebhookDelivery delivery, Payload.PullRequest found)
            throws MalformedPayload {
        // the state decides, not the event key: the poller reports a merge as an update
        return switch (Fields.require("pullrequest.state", found.state())) {
            case "OPEN" ->
                delivery.getEventKey().equals("pullrequest:created")
                        ? PullRequestEventKind.OPENED
                        : PullRequestEventKind.UPDATED;
            case "MERGED" -> PullRequestEventKind.MERGED;
            case "DECLINED", "SUPERSEDED" -> PullRequestEventKind.DECLINED;
            default -> throw new MalformedPayload("pullrequest.state is none that Bitbucket documents");
        };
    }

    private static PullRequestEvent event(
            RepositoryKey key,
            WebhookDelivery delivery,
            Payload payload,
            Payload.PullRequest found,
            PullRequestEventKind kind,
            @Nullable String command)
            throws MalformedPayload {
        FullName repository = Fields.fullName(
                "repository.full_name",
                Fields.require("repository", payload.repository()).fullName());
        long number = Fields.require("pullrequest.id", found.id());
        if (number < 1) {
            throw new MalformedPayload("pullrequest.id is below 1");
        }
        PullRequestSide head = side("pullrequest.source", found.source());
        PullRequestSide base = side("pullrequest.destination", found.destination());
        Instant updatedOn = Fields.time("pullrequest.updated_on", found.updatedOn());
        Payload.User author = found.author();
        return PullRequestEvent.newBuilder()
                .setPullRequest(PullRequestRef.newBuilder()
                        .setWorkspaceUuid(key.workspaceUuid())
                        .setWorkspaceSlug(repository.workspaceSlug())
                        .setRepositoryUuid(key.repositoryUuid())
                        .setRepositorySlug(repository.repositorySlug())
                        .setNumber(number)
                        .build())
                .setConnectionId(delivery.getConnectionId())
                .setKind(kind)
                .setHead(head)
                .setBase(base)
                .setTitle(Fields.text(found.title()))
                .setAuthor(author == null || author.displayName() == null ? null : Fields.text(author.displayName()))
                .setUpdatedOn(updatedOn)
                .setDraft(Boolean.TRUE.equals(found.draft()))
                .setCommand(command)
                .setProvenance(delivery.getProvenance())
                .setContentKey(ContentKey.of(
                        kind,
                        key.text(),
                        number,
                        head == null ? null : head.getCommit(),
                        base == null ? null : base.getCommit(),
                        base == null ? null : base.getBranch(),
                        updatedOn,
                        payload.comment() == null ? null : payload.comment().id(),
                        command))
                .build();
    }

    /** Null when Bitbucket says that branch, commit or repository of that side is gone. */
    private static @Nullable PullRequestSide side(String field, Payload.@Nullable Side side) throws MalformedPayload {
        if (side == null || side.commit() == null || side.branch() == null || side.repository() == null) {
            return null;
        }
        return PullRequestSide.newBuilder()
                .setCommit(Fields.commit(field + ".commit.hash", side.commit().hash()))
                .setBranch(Fields.branch(field + ".branch.name", side.branch().name()))
                .setRepositoryFullName(Fields.fullName(
                                field + ".repository.full_name",
                                side.repository().fullName())
                        .text())
                .setRepositoryUuid(Fields.require(
                        field + ".repository.uuid", side.repository().uuid()))
                .build();
    }
}
