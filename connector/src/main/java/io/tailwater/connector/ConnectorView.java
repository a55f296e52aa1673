package io.tailwater.connector;

import io.tailwater.schemas.connection.ConnectionHealth;
import io.tailwater.schemas.connection.HistoryProgress;
import io.tailwater.schemas.connection.RepositoryHealth;
import io.tailwater.schemas.topic.ConnectionId;
import java.util.List;
import java.util.Optional;

/** What pages show of connections; from memory, filled from a topic, the same in every gateway. */
public interface ConnectorView {

    /** How a connection does; empty before its first round. */
    Optional<ConnectionHealth> health(ConnectionId id);

    /** The repositories it reaches, by full name, those that cannot be reached any more included. */
    List<RepositoryHealth> repositories(ConnectionId id);

    /** Its walks through past pull requests, by run name and repository. */
    List<HistoryProgress> history(ConnectionId id);

    /** Where Bitbucket delivers for a connection; empty unless the public address is configured. */
    Optional<String> webhookAddress(ConnectionId id);
}
