package io.tailwater.connector;

import io.tailwater.connections.ConnectedWorkspace;
import io.tailwater.connections.ConnectionStore;
import io.tailwater.connections.ConnectionWriter;
import io.tailwater.schemas.topic.ConnectionId;
import java.time.InstantSource;
import java.util.Optional;

/** What rounds and people's changes work with. */
record ConnectorParts(
        ConnectionStore store,
        ConnectionWriter connections,
        ConnectorStates states,
        ConnectionHooks hooks,
        RepositoryListing listing,
        PullRequestPoller poller,
        HistoryWalk walk,
        InstantSource clock) {

    /** The connection as it is now, when it can be used. */
    Optional<ConnectedWorkspace> current(ConnectionId id) {
        return store.find(id);
    }
}
