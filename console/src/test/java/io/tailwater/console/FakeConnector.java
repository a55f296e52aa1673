package io.tailwater.console;

import io.tailwater.connector.ConnectionLifecycle;
import io.tailwater.connector.ConnectorView;
import io.tailwater.connector.Permission;
import io.tailwater.connector.TokenInspection;
import io.tailwater.connector.TokenInspector;
import io.tailwater.schemas.connection.ConnectionHealth;
import io.tailwater.schemas.connection.ConnectionScope;
import io.tailwater.schemas.connection.HistoryProgress;
import io.tailwater.schemas.connection.PermissionState;
import io.tailwater.schemas.connection.RepositoryHealth;
import io.tailwater.schemas.topic.ConnectionId;
import io.tailwater.service.Secret;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A connector that knows one good token, and notes what it is asked to do. */
final class FakeConnector implements TokenInspector, ConnectionLifecycle, ConnectorView {

    static final String GOOD = "ATCTT3good-token-of-this-test";

    final List<String> done = new ArrayList<>();

    @Override
    public TokenInspection inspect(Secret token, String workspace) {
        if (!token.<Boolean>use(GOOD::equals)) {
            return new TokenInspection.BadToken();
        }
        Map<Permission, PermissionState> permissions = new EnumMap<>(Permission.class);
        for (Permission permission : Permission.values()) {
            permissions.put(
                    permission,
                    permission == Permission.PIPELINES_WRITE ? PermissionState.MISSING : PermissionState.GRANTED);
        }
        return new TokenInspection.Accepted(
                ConnectionScope.WORKSPACE,
                Optional.of("Tailwater <b>"),
                "{w}",
                "acme",
                List.of("acme/shop"),
                false,
                permissions,
                Optional.empty(),
                Instant.parse("2026-11-23T12:00:00Z"));
    }

    @Override
    public Saved connect(Secret token, String workspace, Optional<Instant> expiresAt) {
        return saved("connect " + workspace + " " + expiresAt, new ConnectionId("acme"), inspect(token, workspace));
    }

    @Override
    public Saved replaceToken(ConnectionId id, Secret token, Optional<Instant> expiresAt) {
        return saved("replace " + id.value(), id, inspect(token, "acme"));
    }

    private Saved saved(String deed, ConnectionId id, TokenInspection inspection) {
        return switch (inspection) {
            case TokenInspection.Accepted accepted -> {
                done.add(deed);
                yield new Saved.Connected(id, accepted, "One webhook stands.");
            }
            case TokenInspection.Refused refused -> new Saved.NotSaved(refused);
        };
    }

    @Override
    public void pause(ConnectionId id) {
        done.add("pause " + id.value());
    }

    @Override
    public void resume(ConnectionId id) {
        done.add("resume " + id.value());
    }

    @Override
    public String repairWebhooks(ConnectionId id) {
        done.add("repair " + id.value());
        return "One webhook stands.";
    }

    @Override
    public Optional<String> disconnect(ConnectionId id) {
        done.add("disconnect " + id.value());
        return Optional.empty();
    }

    @Override
    public Optional<ConnectionHealth> health(ConnectionId id) {
        return Optional.empty();
    }

    @Override
    public List<RepositoryHealth> repositories(ConnectionId id) {
        return List.of();
    }

    @Override
    public List<HistoryProgress> history(ConnectionId id) {
        return List.of();
    }

    @Override
    public Optional<String> webhookAddress(ConnectionId id) {
        return Optional.empty();
    }
}
