package io.tailwater.connector;

import io.tailwater.bitbucket.model.BitbucketException.NotFound;
import io.tailwater.bitbucket.model.Repository;
import io.tailwater.connections.ConnectedWorkspace;
import io.tailwater.schemas.connection.ConnectionScope;
import io.tailwater.schemas.connection.RepositoryHealth;
import io.tailwater.schemas.topic.ConnectionId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Knows which repositories a connection reaches. Notices new ones, other names, and those gone; one that cannot be reached
 * is taken for gone only when that lasts, since Bitbucket was seen to answer 404 for all during faults.
 */
final class RepositoryListing {

    private static final int MOST = 10_000;

    private final ConnectorStates states;
    private final RawEvents events;
    private final Duration goneAfter;
    private final InstantSource clock;

    RepositoryListing(ConnectorStates states, RawEvents events, Duration goneAfter, InstantSource clock) {
        this.states = states;
        this.events = events;
        this.goneAfter = goneAfter;
        this.clock = clock;
    }

    /**
     * Looks at the repositories.
     *
     * @param changedSince looks only at those that changed since then, and misses those gone; empty for all
     */
    void refresh(Access access, Optional<Instant> changedSince) throws InterruptedException {
        ConnectedWorkspace connection = access.connection();
        boolean named = !connection.repositories().isEmpty();
        List<Repository> found = named ? byName(access) : access.workspace().repositories(changedSince, MOST);
        Set<String> seen = new HashSet<>();
        for (Repository repository : found) {
            seen.add(repository.uuid());
            note(connection, repository);
        }
        if (named || changedSince.isEmpty()) {
            for (RepositoryHealth known : states.repositories(connection.id())) {
                if (!seen.contains(known.getRepositoryUuid())) {
                    missing(access, known);
                }
            }
        }
    }

    private static List<Repository> byName(Access access) {
        List<Repository> found = new ArrayList<>();
        for (String slug : access.connection().repositories()) {
            try {
                found.add(access.repository(slug).get());
            } catch (NotFound e) {
                // renamed, gone, or not to be seen at the moment: looked for by its uuid below
            }
        }
        return found;
    }

    private void note(ConnectedWorkspace connection, Repository repository) throws InterruptedException {
        ConnectionId id = connection.id();
        Optional<RepositoryHealth> known = states.repository(id, repository.uuid());
        RepositoryHealth.Builder now = known.map(RepositoryHealth::newBuilder)
                .orElseGet(() -> RepositoryHealth.newBuilder()
                        .setWorkspaceUuid(connection.workspaceUuid().orElseThrow())
                        .setRepositoryUuid(repository.uuid()));
        RepositoryHealth noted = now.setFullName(repository.fullName())
                .setDefaultBranch(repository.mainBranch().orElse(null))
                .setUnreachableSince(null)
                .build();
        boolean renamed = known.isPresent() && !known.get().getFullName().equals(noted.getFullName());
        if (renamed) {
            events.repository(id, noted, false, Provenances.found());
        }
        boolean moved = repository.updatedOn().isEmpty()
                || !repository.updatedOn().equals(known.map(RepositoryHealth::getUpdatedOn));
        boolean branchChanged = known.isPresent()
                && !java.util.Objects.equals(known.get().getDefaultBranch(), noted.getDefaultBranch());
        if (moved || branchChanged) {
            // asks for another look at the default branch; the time is noted once that was taken
            noted.setUpdatedOn(null);
        }
        if (known.isEmpty()) {
            states.put(id, noted);
        } else if (!noted.equals(known.get())) {
            states.change(
                    id,
                    repository.uuid(),
                    present -> present.setFullName(noted.getFullName())
                            .setDefaultBranch(noted.getDefaultBranch())
                            .setUnreachableSince(null)
                            .setUpdatedOn(noted.getUpdatedOn()));
        }
    }

    private void missing(Access access, RepositoryHealth known) throws InterruptedException {
        ConnectedWorkspace connection = access.connection();
        try {
            Repository still = access.repository(known).get();
            boolean ours = still.fullName().startsWith(connection.workspaceSlug() + "/");
            if (ours && connection.scope() == ConnectionScope.REPOSITORY) {
                note(connection, still);
                return;
            }
            if (ours && connection.repositories().isEmpty()) {
                note(connection, still);
                return;
            }
        } catch (NotFound e) {
            // as below
        }
        Instant now = clock.instant();
        Instant since = known.getUnreachableSince();
        if (since == null) {
            states.change(connection.id(), known.getRepositoryUuid(), present -> present.setUnreachableSince(now));
        } else if (known.getBaseline() != null && Duration.between(since, now).compareTo(goneAfter) >= 0) {
            events.repository(connection.id(), known, true, Provenances.found());
            states.change(
                    connection.id(),
                    known.getRepositoryUuid(),
                    present -> present.setBaseline(null).setUpdatedOn(null));
        }
    }
}
