package io.tailwater.connector;

import io.tailwater.bitbucket.api.Bitbucket;
import io.tailwater.bitbucket.api.RepositoryClient;
import io.tailwater.bitbucket.api.WorkspaceClient;
import io.tailwater.bitbucket.model.AccessToken;
import io.tailwater.bitbucket.model.RepositoryName;
import io.tailwater.connections.ConnectedWorkspace;
import io.tailwater.schemas.connection.RepositoryHealth;

/**
 * Bitbucket through one connection.
 *
 * @param bitbucket the way in, behind the connection's budget
 * @param connection whose token is used
 */
record Access(Bitbucket bitbucket, ConnectedWorkspace connection) {

    WorkspaceClient workspace() {
        return bitbucket.workspace(connection.workspaceUuid().orElse(connection.workspaceSlug()), token());
    }

    /** A repository by its uuid, which survives renames. */
    RepositoryClient repository(RepositoryHealth repository) {
        return bitbucket.repository(
                new RepositoryName(repository.getWorkspaceUuid(), repository.getRepositoryUuid()), token());
    }

    RepositoryClient repository(String slug) {
        return bitbucket.repository(new RepositoryName(connection.workspaceSlug(), slug), token());
    }

    private AccessToken token() {
        return connection.token().use(text -> AccessToken.of(text.strip()));
    }
}
