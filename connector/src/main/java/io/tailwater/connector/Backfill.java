package io.tailwater.connector;

import io.tailwater.bitbucket.api.Bitbucket;
import io.tailwater.bitbucket.model.BitbucketException.RateLimited;
import io.tailwater.bitbucket.model.PullRequest.State;
import io.tailwater.bitbucket.model.Workspace;
import io.tailwater.connections.ConnectedWorkspace;
import io.tailwater.connections.ConnectionStore;
import io.tailwater.connections.ConnectionWriter;
import io.tailwater.connections.SealingKey;
import io.tailwater.schemas.connection.ConnectionState;
import io.tailwater.schemas.connection.HistoryProgress;
import io.tailwater.schemas.connection.RepositoryHealth;
import io.tailwater.schemas.event.Provenance;
import io.tailwater.schemas.topic.PullRequestKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Sends past pull requests of a workspace through the pipeline, once for each name of a run: broken off, it goes on where it
 * was; done, it does nothing. Keeps to half of the connector's share of Bitbucket's allowance.
 */
public final class Backfill implements AutoCloseable {

    private static final Duration READY = Duration.ofSeconds(60);

    private final ConnectorConfig config;
    private final InstantSource clock;
    private final ConnectionStore store;
    private final ConnectionWriter writer;
    private final ConnectorStates states;
    private final RawEvents events;
    private final Bitbucket bitbucket;
    private final Deque<AutoCloseable> parts = new ArrayDeque<>();

    private Backfill(
            ConnectorConfig config, Map<String, Object> clientProperties, SealingKey key, InstantSource clock) {
        this.config = config;
        this.clock = clock;
        this.store = opened(ConnectionStore.follow(clientProperties, key));
        this.writer = opened(ConnectionWriter.open(clientProperties, key, clock));
        this.states = opened(ConnectorStates.follow(clientProperties, clock));
        this.events = opened(RawEvents.open(clientProperties, clock));
        this.bitbucket = opened(new Bitbucket(config.apiUrl(), clock));
    }

    /** Which pull requests. */
    public enum Which {
        /** Those that can still be merged. */
        OPEN,
        /** Those that were merged. */
        MERGED,
        /** All of them. */
        ALL;

        Set<State> states() {
            return switch (this) {
                case OPEN -> EnumSet.of(State.OPEN);
                case MERGED -> EnumSet.of(State.MERGED);
                case ALL -> EnumSet.of(State.OPEN, State.MERGED, State.DECLINED, State.SUPERSEDED);
            };
        }
    }

    /**
     * What to do.
     *
     * @param workspace slug or uuid of the workspace
     * @param repository slug of the only repository; empty for all
     * @param which which pull requests
     * @param since only those changed then or later; empty for all
     * @param comment whether they are to be commented
     * @param runName name of the run: letters, digits, "." "-" and "_", 1 to 64
     */
    public record Request(
            String workspace,
            Optional<String> repository,
            Which which,
            Optional<Instant> since,
            boolean comment,
            String runName) {

        /** @throws IllegalArgumentException when the name has another shape */
        public Request {
            if (!runName.matches("[A-Za-z0-9._-]{1,64}")) {
                throw new IllegalArgumentException(
                        "the name of a run has 1 to 64 letters, digits, \".\", \"-\" and \"_\": " + runName);
            }
        }
    }

    /**
     * What was done.
     *
     * @param announced pull requests sent this time
     * @param walks where the walk through each repository stands
     */
    public record Result(List<PullRequestKey> announced, List<HistoryProgress> walks) {}

    /** Ready to begin; reads connections and progress on a thread of its own. */
    public static Backfill open(
            ConnectorConfig config, Map<String, Object> clientProperties, SealingKey key, InstantSource clock) {
        return new Backfill(config, clientProperties, key, clock);
    }

    /**
     * Sends what was asked for.
     *
     * @param told told of every page, for people to see
     * @throws IllegalArgumentException when there is no such connection, or none that works, or no such repository
     */
    public Result run(Request request, Consumer<HistoryProgress> told) throws InterruptedException {
        if (!store.awaitReady(READY) || !states.awaitReady(READY)) {
            throw new IllegalArgumentException("connections could not be read within " + READY.toSeconds() + " s");
        }
        List<PullRequestKey> announced = new ArrayList<>();
        List<HistoryProgress> walks = new ArrayList<>();
        boolean found = false;
        for (ConnectedWorkspace connection : connections(request.workspace())) {
            CallBudget budget = new CallBudget(config.share(), clock);
            Access access = new Access(bitbucket.behind(budget.gate(CallBudget.Use.BACKGROUND)), connection);
            for (RepositoryHealth repository : repositories(access, request)) {
                found = true;
                List<Long> numbers = new ArrayList<>();
                walks.add(walk(access, repository, request, numbers, told));
                numbers.stream()
                        .map(number -> new PullRequestKey(
                                repository.getWorkspaceUuid(), repository.getRepositoryUuid(), number))
                        .forEach(announced::add);
            }
        }
        if (!found) {
            throw new IllegalArgumentException("no connection reaches "
                    + request.repository().map(slug -> "a repository " + slug).orElse("any repository") + " in "
                    + request.workspace());
        }
        return new Result(List.copyOf(announced), List.copyOf(walks));
    }

    private Collection<ConnectedWorkspace> connections(String workspace) throws InterruptedException {
        List<ConnectedWorkspace> named = store.all().stream()
                .filter(connection -> connection.workspaceSlug().equalsIgnoreCase(workspace)
                        || connection.workspaceUuid().equals(Optional.of(workspace)))
                .toList();
        if (named.isEmpty()) {
            throw new IllegalArgumentException("there is no connection to a workspace " + workspace);
        }
        List<ConnectedWorkspace> usable = new ArrayList<>();
        for (ConnectedWorkspace connection : named) {
            if (connection.state() == ConnectionState.ACTIVE) {
                usable.add(connection.workspaceUuid().isPresent() ? connection : known(connection));
            }
        }
        if (usable.isEmpty()) {
            throw new IllegalArgumentException(
                    "the connection to " + workspace + " is paused or needs a new token; nothing was done");
        }
        return usable;
    }

    private ConnectedWorkspace known(ConnectedWorkspace connection) throws InterruptedException {
        Workspace workspace = new Access(bitbucket, connection).workspace().get();
        ConnectedWorkspace known = connection.of(workspace.uuid(), workspace.slug());
        writer.put(known);
        return known;
    }

    private List<RepositoryHealth> repositories(Access access, Request request) throws InterruptedException {
        states.begin(access.connection().id());
        if (states.repositories(access.connection().id()).isEmpty()) {
            new RepositoryListing(states, events, config.goneAfter(), clock).refresh(access, Optional.empty());
        }
        return states.repositories(access.connection().id()).stream()
                .filter(repository -> repository.getUnreachableSince() == null)
                .filter(repository -> request.repository()
                        .map(slug -> repository.getFullName().endsWith("/" + slug))
                        .orElse(true))
                .toList();
    }

    private HistoryProgress walk(
            Access access,
            RepositoryHealth repository,
            Request request,
            List<Long> numbers,
            Consumer<HistoryProgress> told)
            throws InterruptedException {
        HistoryWalk walk = new HistoryWalk(states, events, clock);
        Provenance provenance = Provenances.history(request.runName(), request.comment());
        HistoryProgress progress = walk.progress(
                access.connection().id(),
                repository,
                request.runName(),
                request.since().orElse(Instant.EPOCH));
        while (progress.getFinishedAt() == null) {
            try {
                progress =
                        walk.step(access, repository, progress, request.which().states(), provenance, numbers);
                told.accept(progress);
            } catch (RateLimited e) {
                Thread.sleep(e.retryAfter().orElse(Duration.ofMinutes(1)));
            }
        }
        return progress;
    }

    private <P extends AutoCloseable> P opened(P part) {
        parts.push(part);
        return part;
    }

    @Override
    public void close() {
        while (!parts.isEmpty()) {
            try {
                parts.pop().close();
            } catch (Exception e) {
                throw new IllegalStateException("ending a backfill", e);
            }
        }
    }
}
