package io.tailwater.connections;

import io.tailwater.schemas.connection.ConnectionScope;
import io.tailwater.schemas.topic.ConnectionId;
import io.tailwater.service.Secret;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A connection as a person configured it.
 *
 * @param id our name for it
 * @param workspaceSlug slug of the workspace
 * @param workspaceUuid uuid of the workspace, braces included; empty when not given
 * @param scope how far the token reaches
 * @param repositories slugs it is limited to; empty for all that the token reaches
 * @param token the access token
 * @param webhookSecret the secret that signs deliveries
 * @param tokenExpiresAt expiry of the token; empty when not given
 */
public record ConfiguredConnection(
        ConnectionId id,
        String workspaceSlug,
        Optional<String> workspaceUuid,
        ConnectionScope scope,
        List<String> repositories,
        Secret token,
        Secret webhookSecret,
        Optional<Instant> tokenExpiresAt) {

    /** Copies the list. */
    public ConfiguredConnection {
        repositories = List.copyOf(repositories);
    }
}
