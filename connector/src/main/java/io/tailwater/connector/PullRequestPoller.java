package io.tailwater.connector;

import io.tailwater.bitbucket.api.PullRequestPages;
import io.tailwater.bitbucket.model.CommitHash;
import io.tailwater.bitbucket.model.ListedPullRequest;
import io.tailwater.bitbucket.model.PullRequest.State;
import io.tailwater.schemas.connection.RepositoryHealth;
import io.tailwater.schemas.topic.ConnectionId;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Finds in one repository what no webhook told: a default branch that moved, pull requests that changed. One call each when
 * nothing did. What a webhook did tell as well is told twice, and dropped by the analyzer.
 */
final class PullRequestPoller {

    private static final Set<State> ALL = EnumSet.of(State.OPEN, State.MERGED, State.DECLINED, State.SUPERSEDED);

    private final ConnectorStates states;
    private final RawEvents events;
    private final InstantSource clock;

    /** The newest change told of each repository's pull requests, so that the boundary of a look is not told again. */
    private final Map<String, Map<Long, Instant>> told = new ConcurrentHashMap<>();

    PullRequestPoller(ConnectorStates states, RawEvents events, InstantSource clock) {
        this.states = states;
        this.events = events;
        this.clock = clock;
    }

    /** Tells where the default branch points, when that is news. */
    void defaultBranch(Access access, RepositoryHealth repository) throws InterruptedException {
        ConnectionId id = access.connection().id();
        Instant updatedOn = access.repository(repository).get().updatedOn().orElse(null);
        String branch = repository.getDefaultBranch();
        Optional<String> tip = branch == null
                ? Optional.empty()
                : access.repository(repository).branchTip(branch).map(CommitHash::hex);
        boolean moved = branch != null && tip.isPresent() && !tip.get().equals(repository.getBaseline());
        if (moved) {
            events.branch(id, repository, branch, tip.get(), Provenances.found());
        }
        states.change(id, repository.getRepositoryUuid(), now -> {
            now.setUpdatedOn(updatedOn);
            if (moved) {
                now.setBaseline(tip.get());
            }
        });
    }

    /** Tells of all open pull requests: the first look at a repository. */
    void open(Access access, RepositoryHealth repository, Instant connectedAt) throws InterruptedException {
        ConnectionId id = access.connection().id();
        PullRequestPages pages =
                access.repository(repository).changedPullRequests(EnumSet.of(State.OPEN), Optional.empty());
        int count = 0;
        while (pages.hasNext()) {
            count += tell(id, repository, pages.next());
        }
        int open = count;
        states.change(
                id,
                repository.getRepositoryUuid(),
                now -> now.setOpenedAt(clock.instant())
                        .setOpen(open)
                        .setPolledTo(connectedAt.truncatedTo(ChronoUnit.MILLIS)));
    }

    /** Tells of pull requests that changed since the last look. */
    void changed(Access access, RepositoryHealth repository) throws InterruptedException {
        ConnectionId id = access.connection().id();
        Instant since = Optional.ofNullable(repository.getPolledTo()).orElse(Instant.EPOCH);
        PullRequestPages pages = access.repository(repository).changedPullRequests(ALL, Optional.of(since));
        while (pages.hasNext()) {
            List<ListedPullRequest> page = pages.next();
            tell(id, repository, page);
            Instant newest = page.stream()
                    .map(listed -> listed.pullRequest().updatedOn())
                    .max(Instant::compareTo)
                    .filter(since::isBefore)
                    .orElse(since)
                    .truncatedTo(ChronoUnit.MILLIS);
            states.change(
                    id,
                    repository.getRepositoryUuid(),
                    now -> now.setPolledTo(newest).setPolledAt(clock.instant()));
        }
    }

    private int tell(ConnectionId id, RepositoryHealth repository, List<ListedPullRequest> page)
            throws InterruptedException {
        Map<Long, Instant> before = told.computeIfAbsent(
                id.value() + "/" + repository.getRepositoryUuid(), unused -> new ConcurrentHashMap<>());
        List<ListedPullRequest> news = page.stream()
                .filter(listed -> !listed.pullRequest()
                        .updatedOn()
                        .equals(before.get(listed.pullRequest().number())))
                .toList();
        events.pullRequests(id, repository, news, Provenances.found());
        if (!page.isEmpty()) {
            Instant newest = page.getLast().pullRequest().updatedOn();
            before.values().removeIf(time -> time.isBefore(newest.minusSeconds(1)));
        }
        news.forEach(listed ->
                before.put(listed.pullRequest().number(), listed.pullRequest().updatedOn()));
        return news.size();
    }
}
