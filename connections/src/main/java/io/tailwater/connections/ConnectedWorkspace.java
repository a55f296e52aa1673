package io.tailwater.connections;

import io.tailwater.schemas.connection.Connection;
import io.tailwater.schemas.connection.ConnectionScope;
import io.tailwater.schemas.connection.ConnectionState;
import io.tailwater.schemas.topic.ConnectionId;
import io.tailwater.service.Secret;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A connection ready for use, its credentials unsealed.
 *
 * @param id our name for it
 * @param workspaceSlug slug of the workspace when the connection was written
 * @param workspaceUuid uuid of the workspace, braces included; empty until learnt
 * @param scope how far the token reaches
 * @param repositories slugs it is limited to; empty for all that the token reaches
 * @param state whether it can work
 * @param token the access token
 * @param webhookSecret the secret that signs deliveries
 * @param tokenExpiresAt expiry of the token; empty when unknown
 */
public record ConnectedWorkspace(
        ConnectionId id,
        String workspaceSlug,
        Optional<String> workspaceUuid,
        ConnectionScope scope,
        List<String> repositories,
        ConnectionState state,
        Secret token,
        Secret webhookSecret,
        Optional<Instant> tokenExpiresAt) {

    /** The same in another state. */
    public ConnectedWorkspace in(ConnectionState other) {
        return new ConnectedWorkspace(
                id, workspaceSlug, workspaceUuid, scope, repositories, other, token, webhookSecret, tokenExpiresAt);
    }

    /** The same, its workspace known by this uuid and slug. */
    public ConnectedWorkspace of(String uuid, String slug) {
        return new ConnectedWorkspace(
                id, slug, Optional.of(uuid), scope, repositories, state, token, webhookSecret, tokenExpiresAt);
    }

    /** Whether both have the same access token. */
    public boolean hasTokenOf(ConnectedWorkspace other) {
        return token.use(mine -> other.token.use(theirs ->
                MessageDigest.isEqual(mine.getBytes(StandardCharsets.UTF_8), theirs.getBytes(StandardCharsets.UTF_8))));
    }

    /**
     * Opens a record of the topic.
     *
     * @throws SealException naming the connection, when a credential cannot be unsealed
     */
    static ConnectedWorkspace unseal(ConnectionId id, Connection connection, SealingKey key) {
        return new ConnectedWorkspace(
                id,
                connection.getWorkspaceSlug(),
                Optional.ofNullable(connection.getWorkspaceUuid()),
                connection.getScope(),
                List.copyOf(connection.getRepositories()),
                connection.getState(),
                key.unseal(id, Credential.ACCESS_TOKEN, SealedBytes.of(connection.getSealedToken())),
                key.unseal(id, Credential.WEBHOOK_SECRET, SealedBytes.of(connection.getSealedWebhookSecret())),
                Optional.ofNullable(connection.getTokenExpiresAt()));
    }
}
