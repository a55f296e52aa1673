package io.tailwater.connector;

import io.tailwater.bitbucket.model.BitbucketException;
import io.tailwater.bitbucket.model.BitbucketException.NotFound;
import io.tailwater.connections.ConnectedWorkspace;
import io.tailwater.schemas.connection.ConnectionHealth;
import io.tailwater.schemas.connection.ConnectionScope;
import io.tailwater.schemas.connection.KeptWebhook;
import io.tailwater.schemas.connection.RepositoryHealth;
import io.tailwater.schemas.connection.WebhookState;
import io.tailwater.schemas.topic.ConnectionId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/**
 * Which webhooks a connection has: one of the workspace with a workspace token, else one of each repository; one of each
 * repository also where Bitbucket lets a workspace token manage those only.
 */
final class ConnectionHooks {

    private final Optional<WebhookKeeper> keeper;
    private final ConnectorStates states;
    private final ConcurrentMap<ConnectionId, Lock> locks = new ConcurrentHashMap<>();

    /** Connections that were left: a round that is still under way installs nothing for them any more. */
    private final Set<ConnectionId> left = ConcurrentHashMap.newKeySet();

    /**
     * Webhooks of connections.
     *
     * @param keeper keeps each; empty where no public address is configured, and then none is kept
     */
    ConnectionHooks(Optional<WebhookKeeper> keeper, ConnectorStates states) {
        this.keeper = keeper;
        this.states = states;
    }

    /** Where Bitbucket delivers for a connection. */
    Optional<String> address(ConnectionId id) {
        return keeper.map(present -> present.address(id).toString());
    }

    /** Installs the webhooks of a connection that was just made, or got another token. */
    void install(Access access) throws InterruptedException {
        left.remove(access.connection().id());
        keep(access, true);
    }

    /**
     * Looks at all webhooks of a connection and sets right what differs. One caller at a time: somebody who connects and the
     * first round after it would else both find nothing and install a webhook each.
     *
     * @param thoroughly see {@link WebhookKeeper#keep}
     * @throws BitbucketException when Bitbucket cannot answer now, or refuses the token
     */
    void keep(Access access, boolean thoroughly) throws InterruptedException {
        Lock lock = locks.computeIfAbsent(access.connection().id(), id -> new ReentrantLock());
        lock.lockInterruptibly();
        try {
            keepAll(access, thoroughly);
        } finally {
            lock.unlock();
        }
    }

    private void keepAll(Access access, boolean thoroughly) throws InterruptedException {
        ConnectedWorkspace connection = access.connection();
        Optional<ConnectionHealth> health = states.health(connection.id());
        if (keeper.isEmpty() || health.isEmpty() || left.contains(connection.id())) {
            return;
        }
        boolean ofWorkspace = isOfWorkspace(connection);
        if (ofWorkspace) {
            KeptWebhook kept = keeper.get()
                    .keep(
                            access.workspace().webhooks(),
                            connection,
                            WebhookEvents.OF_WORKSPACE,
                            health.get().getWebhook(),
                            thoroughly);
            states.change(connection.id(), present -> present.setWebhook(kept));
            ofWorkspace = kept.getState() != WebhookState.REFUSED;
        }
        for (RepositoryHealth repository : states.repositories(connection.id())) {
            if (!ofWorkspace && repository.getUnreachableSince() == null) {
                keepOne(access, repository, thoroughly);
            }
        }
    }

    private void keepOne(Access access, RepositoryHealth repository, boolean thoroughly) throws InterruptedException {
        ConnectionId id = access.connection().id();
        try {
            KeptWebhook kept = keeper.orElseThrow()
                    .keep(
                            access.repository(repository).webhooks(),
                            access.connection(),
                            WebhookEvents.OF_REPOSITORY,
                            repository.getWebhook(),
                            thoroughly);
            states.change(id, repository.getRepositoryUuid(), present -> present.setWebhook(kept));
        } catch (NotFound e) {
            // the next listing says what became of it
        }
    }

    /**
     * Removes the webhooks of the other kind, once those of this kind stand: after a token of another kind took over.
     *
     * @param access with a token that may manage them
     */
    void removeOfOtherKind(Access access, ConnectedWorkspace now) throws InterruptedException {
        remove(access, !isOfWorkspace(now), isOfWorkspace(now));
    }

    /** Removes all our webhooks, for good. */
    void removeAll(Access access) throws InterruptedException {
        left.add(access.connection().id());
        remove(access, true, true);
    }

    private void remove(Access access, boolean ofWorkspace, boolean ofRepositories) throws InterruptedException {
        Lock lock = locks.computeIfAbsent(access.connection().id(), id -> new ReentrantLock());
        lock.lockInterruptibly();
        try {
            removeOurs(access, ofWorkspace, ofRepositories);
        } finally {
            lock.unlock();
        }
    }

    private void removeOurs(Access access, boolean ofWorkspace, boolean ofRepositories) throws InterruptedException {
        ConnectedWorkspace connection = access.connection();
        ConnectionId id = connection.id();
        if (keeper.isEmpty()) {
            return;
        }
        Optional<ConnectionHealth> health = states.health(id);
        if (ofWorkspace && connection.scope() == ConnectionScope.WORKSPACE) {
            keeper.get()
                    .removeOurs(
                            access.workspace().webhooks(),
                            id,
                            health.map(ConnectionHealth::getWebhook).orElse(null));
            states.change(id, present -> present.setWebhook(null));
        }
        for (RepositoryHealth repository : states.repositories(id)) {
            if (ofRepositories && repository.getWebhook() != null) {
                keeper.get().removeOurs(access.repository(repository).webhooks(), id, repository.getWebhook());
                states.change(id, repository.getRepositoryUuid(), present -> present.setWebhook(null));
            }
        }
    }

    /** How the webhooks of a connection stand, as a sentence. */
    String summary(ConnectionId id) {
        if (keeper.isEmpty()) {
            return "No webhook was installed, since connector.public-url is not configured: changes are found by polling.";
        }
        List<KeptWebhook> all = new ArrayList<>(Stream.concat(
                        states.health(id).map(ConnectionHealth::getWebhook).stream(),
                        states.repositories(id).stream()
                                .map(RepositoryHealth::getWebhook)
                                .flatMap(hook -> Optional.ofNullable(hook).stream()))
                .toList());
        long standing = all.stream()
                .filter(hook -> hook.getState() == WebhookState.STANDING)
                .count();
        String problem = all.stream()
                .map(KeptWebhook::getProblem)
                .flatMap(text -> Optional.ofNullable(text).stream())
                .findFirst()
                .map(text -> " " + text)
                .orElse("");
        return (standing == 1 ? "1 webhook stands." : standing + " webhooks stand.") + problem;
    }

    private static boolean isOfWorkspace(ConnectedWorkspace connection) {
        return connection.scope() == ConnectionScope.WORKSPACE
                && connection.repositories().isEmpty();
    }
}
