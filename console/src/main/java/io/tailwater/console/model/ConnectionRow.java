package io.tailwater.console.model;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A connection as its record says, without credentials.
 *
 * @param id our name for it
 * @param workspace slug of the workspace
 * @param workspaceUuid uuid of the workspace, empty until learnt
 * @param scope WORKSPACE, PROJECT or REPOSITORY
 * @param repositories slugs it is limited to; empty for all that the token reaches
 * @param state ACTIVE, PAUSED or NEEDS_NEW_TOKEN
 * @param tokenExpiresAt expiry of the token, empty when not known
 * @param updatedAt when its record was written
 * @param lastWebhook when Bitbucket last delivered something, empty when not within what is kept
 * @param lastFound when the poller last found something that was missed, empty when it never did
 * @param lastComment when a comment was last posted or replaced, empty when never
 */
public record ConnectionRow(
        String id,
        String workspace,
        String workspaceUuid,
        String scope,
        List<String> repositories,
        String state,
        Optional<Instant> tokenExpiresAt,
        Instant updatedAt,
        Optional<Instant> lastWebhook,
        Optional<Instant> lastFound,
        Optional<Instant> lastComment) {}
