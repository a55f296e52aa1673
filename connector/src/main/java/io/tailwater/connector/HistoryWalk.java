package io.tailwater.connector;

import io.tailwater.bitbucket.api.PullRequestPages;
import io.tailwater.bitbucket.model.ListedPullRequest;
import io.tailwater.bitbucket.model.PullRequest.State;
import io.tailwater.schemas.connection.HistoryProgress;
import io.tailwater.schemas.connection.RepositoryHealth;
import io.tailwater.schemas.event.Provenance;
import io.tailwater.schemas.topic.ConnectionId;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Walks once through past pull requests of a repository, oldest change first, and tells of each as history. Progress is
 * kept after every page, so that it goes on where it was; what is told twice is dropped by the analyzer.
 */
final class HistoryWalk {

    private final ConnectorStates states;
    private final RawEvents events;
    private final InstantSource clock;

    HistoryWalk(ConnectorStates states, RawEvents events, InstantSource clock) {
        this.states = states;
        this.events = events;
        this.clock = clock;
    }

    /** Where a walk stands; a new one begins when there is none of the name that goes back as far. */
    HistoryProgress progress(ConnectionId id, RepositoryHealth repository, String runName, Instant since) {
        return states.history(id, repository.getRepositoryUuid(), runName)
                .filter(known -> !known.getSince().isAfter(since))
                .orElseGet(() -> HistoryProgress.newBuilder()
                        .setRunName(runName)
                        .setFullName(repository.getFullName())
                        .setSince(since.truncatedTo(ChronoUnit.MILLIS))
                        .setReached(since.truncatedTo(ChronoUnit.MILLIS))
                        .build());
    }

    /**
     * Goes one page further.
     *
     * @return where it stands now, {@code finishedAt} set after the last page
     */
    HistoryProgress step(
            Access access,
            RepositoryHealth repository,
            HistoryProgress before,
            Set<State> asked,
            Provenance provenance,
            List<Long> announced)
            throws InterruptedException {
        ConnectionId id = access.connection().id();
        PullRequestPages pages =
                access.repository(repository).changedPullRequests(asked, Optional.of(before.getReached()));
        List<ListedPullRequest> page = pages.next();
        int total = before.getAnnounced() + pages.total().orElse(page.size());
        HistoryProgress now = before;
        while (true) {
            now = told(id, repository, now, page, total, provenance, announced);
            // a page that holds one moment only would be asked for again for ever
            boolean stuck = pages.hasNext() && now.getReached().equals(before.getReached());
            if (!stuck) {
                break;
            }
            page = pages.next();
        }
        if (!pages.hasNext()) {
            now = HistoryProgress.newBuilder(now)
                    .setTotal(now.getAnnounced())
                    .setFinishedAt(clock.instant())
                    .build();
        }
        states.put(id, repository.getRepositoryUuid(), now);
        return now;
    }

    private HistoryProgress told(
            ConnectionId id,
            RepositoryHealth repository,
            HistoryProgress before,
            List<ListedPullRequest> page,
            int total,
            Provenance provenance,
            List<Long> announced)
            throws InterruptedException {
        List<ListedPullRequest> news = new ArrayList<>();
        for (ListedPullRequest listed : page) {
            boolean boundary = listed.pullRequest()
                    .updatedOn()
                    .truncatedTo(ChronoUnit.MILLIS)
                    .equals(before.getReached());
            if (!boundary || !announced.contains(listed.pullRequest().number())) {
                news.add(listed);
                announced.add(listed.pullRequest().number());
            }
        }
        events.pullRequests(id, repository, news, provenance);
        Instant reached = page.stream()
                .map(listed -> listed.pullRequest().updatedOn().truncatedTo(ChronoUnit.MILLIS))
                .max(Instant::compareTo)
                .filter(before.getReached()::isBefore)
                .orElse(before.getReached());
        return HistoryProgress.newBuilder(before)
                .setReached(reached)
                .setAnnounced(before.getAnnounced() + news.size())
                .setTotal(Math.max(total - (page.size() - news.size()), before.getAnnounced() + news.size()))
                .build();
    }
}
