package io.tailwater.pranalyzer;

import io.tailwater.connections.ConnectedWorkspace;
import io.tailwater.connections.ConnectionLookup;
import io.tailwater.pranalyzer.impact.TokenLookup;
import io.tailwater.pranalyzer.normalise.ContentKey;
import io.tailwater.schemas.topic.ConnectionId;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What the analyzer wants to know of connections. */
final class ConnectionTokens {

    private final Function<ConnectionId, ConnectionLookup> connections;

    ConnectionTokens(Function<ConnectionId, ConnectionLookup> connections) {
        this.connections = connections;
    }

    /** The token of a connection, or why there is none to use now. */
    TokenLookup lookup(String connectionId) {
        return switch (connections.apply(new ConnectionId(connectionId))) {
            case ConnectionLookup.Found found -> usable(found.workspace());
            case ConnectionLookup.Unknown unknown -> new TokenLookup.Missing("There is no connection " + connectionId);
            case ConnectionLookup.Unreadable unreadable -> new TokenLookup.Missing(unreadable.reason());
            case ConnectionLookup.StillLoading loading -> new TokenLookup.StillLoading();
        };
    }

    /** Tells a token from others; null when there is none to use now. */
    @Nullable
    String fingerprint(String connectionId) {
        return lookup(connectionId) instanceof TokenLookup.Usable usable ? usable.fingerprint() : null;
    }

    private static TokenLookup usable(ConnectedWorkspace workspace) {
        String id = workspace.id().value();
        return switch (workspace.state()) {
            case ACTIVE ->
                new TokenLookup.Usable(workspace.token(), workspace.token().use(ContentKey::of));
            case PAUSED -> new TokenLookup.Missing("Connection " + id + " is paused");
            case NEEDS_NEW_TOKEN -> new TokenLookup.Missing("Connection " + id + " needs a new token");
        };
    }
}
