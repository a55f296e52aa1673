package io.tailwater.connector;

import io.tailwater.bitbucket.api.Bitbucket;
import io.tailwater.bitbucket.model.BitbucketException;
import io.tailwater.bitbucket.model.BitbucketException.NotFound;
import io.tailwater.bitbucket.model.BitbucketException.RateLimited;
import io.tailwater.bitbucket.model.BitbucketException.Unauthorized;
import io.tailwater.bitbucket.model.PullRequest.State;
import io.tailwater.bitbucket.model.Workspace;
import io.tailwater.connections.ConnectedWorkspace;
import io.tailwater.schemas.connection.ConnectionHealth;
import io.tailwater.schemas.connection.ConnectionState;
import io.tailwater.schemas.connection.HistoryProgress;
import io.tailwater.schemas.connection.RepositoryHealth;
import io.tailwater.schemas.topic.ConnectionId;
import io.tailwater.service.LogKeys;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does for one connection what is due, in the order of who waits for it: token, repositories, webhooks, default branches,
 * open pull requests, changed ones, history. What was done is kept after every step, so that it goes on anywhere. For one
 * thread.
 */
final class ConnectionRound {

    private static final Logger LOGGER = LoggerFactory.getLogger(ConnectionRound.class);

    /** Name of the walk through history that every repository gets on connect. */
    static final String HISTORY = "history";

    private static final Duration LIST_ALL = Duration.ofHours(1);
    private static final Duration LISTING_OVERLAP = Duration.ofMinutes(10);
    private static final Duration TRY_REFUSED_TOKEN = Duration.ofMinutes(15);

    private final ConnectorConfig config;
    private final Bitbucket keepingUp;
    private final Bitbucket background;
    private final ConnectorParts parts;
    private final InstantSource clock;
    private final Map<String, List<Long>> announced = new HashMap<>();
    private Instant tokenTriedAt = Instant.MIN;
    private Instant listedAllAt = Instant.MIN;
    private Instant hooksLookedAt = Instant.MIN;
    private Instant notBefore = Instant.MIN;
    private Instant historyFrom = Instant.MIN;
    private Optional<ConnectedWorkspace> lastSeen = Optional.empty();

    ConnectionRound(ConnectorConfig config, Bitbucket bitbucket, CallBudget budget, ConnectorParts parts) {
        this.config = config;
        this.keepingUp = bitbucket.behind(budget.gate(CallBudget.Use.KEEPING_UP));
        this.background = bitbucket.behind(budget.gate(CallBudget.Use.BACKGROUND));
        this.parts = parts;
        this.clock = parts.clock();
    }

    /** Does what is due for the connection as it is now. */
    void run(ConnectedWorkspace connection) throws InterruptedException {
        Instant now = clock.instant();
        boolean changed = lastSeen.filter(
                        before -> before.hasTokenOf(connection) && before.state() == connection.state())
                .isEmpty();
        if (changed) {
            tokenTriedAt = Instant.MIN;
            hooksLookedAt = Instant.MIN;
            notBefore = Instant.MIN;
            lastSeen = Optional.of(connection);
        }
        if (connection.state() == ConnectionState.PAUSED || now.isBefore(notBefore)) {
            return;
        }
        try {
            work(connection, now);
        } catch (Unauthorized e) {
            refused(connection);
        } catch (RateLimited e) {
            Duration wait = e.retryAfter().orElse(Duration.ofMinutes(1));
            notBefore = now.plus(wait.compareTo(Duration.ofMinutes(1)) > 0 ? Duration.ofMinutes(1) : wait);
            problem(
                    connection.id(),
                    "Bitbucket's hourly limit of requests is nearly used up; work goes on as it frees.");
        } catch (BitbucketException e) {
            notBefore = now.plus(Duration.ofSeconds(10));
            LOGGER.atWarn()
                    .addKeyValue(LogKeys.CONNECTION, connection.id().value())
                    .addKeyValue(LogKeys.REASON, e.getMessage())
                    .log("looking after a connection did not succeed this time");
            problem(connection.id(), "Bitbucket did not answer as expected; it is asked again.");
        }
    }

    private void work(ConnectedWorkspace given, Instant now) throws InterruptedException {
        if (given.state() == ConnectionState.NEEDS_NEW_TOKEN) {
            if (tokenTriedAt == Instant.MIN || !now.isBefore(tokenTriedAt.plus(TRY_REFUSED_TOKEN))) {
                boolean isNew = tokenTriedAt == Instant.MIN;
                tokenTriedAt = now;
                if (!isNew) {
                    tryToken(given, now);
                    parts.connections().put(given.in(ConnectionState.ACTIVE));
                }
            }
            return;
        }
        ConnectedWorkspace connection = due(tokenTriedAt, config.checkToken(), now) ? tryToken(given, now) : given;
        Access access = new Access(keepingUp, connection);
        ConnectionId id = connection.id();
        list(access, now);
        if (due(hooksLookedAt, config.checkWebhooks(), now)) {
            parts.hooks().keep(access, false);
            hooksLookedAt = now;
        }
        for (RepositoryHealth repository : reachable(id)) {
            boolean first = repository.getOpenedAt() == null;
            if (repository.getUpdatedOn() == null
                    && (first || due(repository.getPolledAt(), config.pollEvery(), now))) {
                each(id, repository, () -> parts.poller().defaultBranch(access, repository));
            }
        }
        for (RepositoryHealth repository : reachable(id)) {
            if (repository.getOpenedAt() == null) {
                each(id, repository, () -> parts.poller().open(access, repository, connectedAt(id)));
            }
        }
        poll(access, now);
        problem(id, null);
        walk(connection, now);
    }

    /** Work on one repository. */
    private interface Step {
        void run() throws InterruptedException;
    }

    /** A repository that cannot be read does not keep the others waiting. */
    private void each(ConnectionId id, RepositoryHealth repository, Step step) throws InterruptedException {
        try {
            step.run();
        } catch (NotFound
                | BitbucketException.Forbidden
                | BitbucketException.Unreadable
                | BitbucketException.Rejected e) {
            LOGGER.atWarn()
                    .addKeyValue(LogKeys.CONNECTION, id.value())
                    .addKeyValue(LogKeys.REPOSITORY, repository.getFullName())
                    .addKeyValue(LogKeys.REASON, e.getMessage())
                    .log("a repository cannot be looked at");
            parts.states().change(id, repository.getRepositoryUuid(), now -> now.setUnreachableSince(clock.instant()));
        }
    }

    private static boolean due(@Nullable Instant last, Duration every, Instant now) {
        return last == null || last == Instant.MIN || !now.isBefore(last.plus(every));
    }

    /** Learns the workspace's uuid on the way. */
    private ConnectedWorkspace tryToken(ConnectedWorkspace connection, Instant now) throws InterruptedException {
        Access access = new Access(keepingUp, connection);
        String uuid;
        String slug;
        try {
            Workspace workspace = access.workspace().get();
            uuid = workspace.uuid();
            slug = workspace.slug();
        } catch (NotFound | BitbucketException.Forbidden e) {
            if (connection.workspaceUuid().isEmpty()) {
                throw e;
            }
            // not open to this token; any answer but 401 says that it is accepted
            uuid = connection.workspaceUuid().get();
            slug = connection.workspaceSlug();
        }
        tokenTriedAt = now;
        parts.states().begin(connection.id());
        parts.states().change(connection.id(), health -> health.setTokenAcceptedAt(now));
        if (connection.workspaceUuid().equals(Optional.of(uuid))
                && connection.workspaceSlug().equals(slug)) {
            return connection;
        }
        ConnectedWorkspace known = connection.of(uuid, slug);
        parts.connections().put(known);
        return known;
    }

    private void list(Access access, Instant now) throws InterruptedException {
        ConnectionId id = access.connection().id();
        ConnectionHealth health = parts.states().health(id).orElseThrow();
        Instant listed = health.getListedAt();
        boolean all = listed == null || due(listedAllAt, LIST_ALL, now);
        if (!all && !due(listed, config.pollEvery(), now)) {
            return;
        }
        parts.listing().refresh(access, all ? Optional.empty() : Optional.of(listed.minus(LISTING_OVERLAP)));
        if (all) {
            listedAllAt = now;
        }
        parts.states().change(id, present -> present.setListedAt(now));
    }

    private void poll(Access access, Instant now) throws InterruptedException {
        ConnectionId id = access.connection().id();
        List<RepositoryHealth> waiting = reachable(id).stream()
                .filter(repository -> due(repository.getPolledAt(), config.pollEvery(), now))
                .sorted(Comparator.comparing(
                        RepositoryHealth::getPolledAt, Comparator.nullsFirst(Comparator.naturalOrder())))
                .toList();
        for (RepositoryHealth repository : waiting) {
            each(id, repository, () -> parts.poller().changed(access, repository));
        }
        if (!waiting.isEmpty()) {
            parts.states().change(id, health -> health.setPolledAt(clock.instant()));
        }
    }

    /** One page of one repository's history, so that whatever comes up meanwhile goes first. */
    private void walk(ConnectedWorkspace connection, Instant now) throws InterruptedException {
        if (config.history().isZero() || now.isBefore(historyFrom)) {
            return;
        }
        ConnectionId id = connection.id();
        Instant since = connectedAt(id).minus(config.history()).truncatedTo(ChronoUnit.MILLIS);
        for (RepositoryHealth repository : reachable(id)) {
            HistoryProgress progress = parts.walk().progress(id, repository, HISTORY, since);
            if (progress.getFinishedAt() == null) {
                each(id, repository, () -> page(connection, repository, progress));
                return;
            }
        }
    }

    private void page(ConnectedWorkspace connection, RepositoryHealth repository, HistoryProgress progress)
            throws InterruptedException {
        try {
            parts.walk()
                    .step(
                            new Access(background, connection),
                            repository,
                            progress,
                            EnumSet.of(State.MERGED),
                            Provenances.history(HISTORY, false),
                            announced.computeIfAbsent(repository.getRepositoryUuid(), unused -> new ArrayList<>()));
        } catch (RateLimited e) {
            Duration wait = e.retryAfter().orElse(Duration.ofMinutes(1));
            historyFrom = clock.instant().plus(wait);
            LOGGER.debug("history waits for the allowance");
        }
    }

    /** Whether there is history left to walk: then the next round follows at once. */
    boolean hasMore(ConnectionId id) {
        return !config.history().isZero()
                && !clock.instant().isBefore(notBefore)
                && !clock.instant().isBefore(historyFrom)
                && reachable(id).stream()
                        .anyMatch(repository -> repository.getOpenedAt() != null
                                && parts.states()
                                        .history(id, repository.getRepositoryUuid(), HISTORY)
                                        .filter(progress -> progress.getFinishedAt() != null)
                                        .isEmpty());
    }

    /** A refusal counts when a second try ends the same, and nobody has put another token there meanwhile. */
    private void refused(ConnectedWorkspace connection) throws InterruptedException {
        try {
            new Access(keepingUp, connection).workspace().get();
            return;
        } catch (Unauthorized e) {
            // as told below
        } catch (BitbucketException e) {
            return;
        }
        if (connection.state() == ConnectionState.NEEDS_NEW_TOKEN
                || parts.current(connection.id())
                        .filter(present -> present.hasTokenOf(connection) && present.state() == ConnectionState.ACTIVE)
                        .isEmpty()) {
            return;
        }
        LOGGER.atWarn()
                .addKeyValue(LogKeys.CONNECTION, connection.id().value())
                .log("Bitbucket refuses the access token: work is parked until a new one comes");
        parts.connections().put(connection.in(ConnectionState.NEEDS_NEW_TOKEN));
        problem(
                connection.id(),
                "Bitbucket refuses the access token: it has expired or was revoked. Work is parked; it goes on with a new"
                        + " token.");
    }

    private List<RepositoryHealth> reachable(ConnectionId id) {
        return parts.states().repositories(id).stream()
                .filter(repository -> repository.getUnreachableSince() == null)
                .toList();
    }

    private Instant connectedAt(ConnectionId id) {
        return parts.states().health(id).map(ConnectionHealth::getConnectedAt).orElseGet(clock::instant);
    }

    private void problem(ConnectionId id, @Nullable String sentence) throws InterruptedException {
        Optional<ConnectionHealth> health = parts.states().health(id);
        if (health.isPresent() && !Objects.equals(health.get().getProblem(), sentence)) {
            parts.states().change(id, present -> present.setProblem(sentence));
        }
    }
}
