package io.tailwater.pranalyzer.topology;

import io.tailwater.pranalyzer.impact.AnalysisResult;
import io.tailwater.pranalyzer.impact.Obstacle;
import io.tailwater.pranalyzer.state.PullRequestProgress;
import io.tailwater.pranalyzer.work.Desk;
import io.tailwater.pranalyzer.work.Done;
import io.tailwater.pranalyzer.work.Priority;
import io.tailwater.pranalyzer.work.Ticket;
import io.tailwater.schemas.event.Origin;
import io.tailwater.schemas.event.PullRequestEvent;
import io.tailwater.schemas.event.PullRequestEventKind;
import io.tailwater.schemas.event.PullRequestSide;
import io.tailwater.schemas.report.ChangeSet;
import io.tailwater.schemas.report.Outcome;
import io.tailwater.schemas.topic.PullRequestKey;
import io.tailwater.schemas.topic.RecordKey;
import io.tailwater.schemas.topic.Topics;
import io.tailwater.schemas.topic.WorkspaceKey;
import java.time.Duration;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings every head of every pull request to exactly one end. A request is parked in a store, worked on beside the stream
 * thread, and its end is written in the same transaction that takes it out of the store: killed at any moment, the work
 * is done again and its end written once.
 */
final class AnalysisProcessor extends ContextualProcessor<PullRequestKey, PullRequestEvent, RecordKey, SpecificRecord> {

    private static final Logger LOG = LoggerFactory.getLogger(AnalysisProcessor.class);
    private static final Duration LOOK_FOR_TOKENS = Duration.ofSeconds(1);
    private static final String RECHECK = "recheck";

    /** Digits of a commit id that every event has. */
    private static final int SHORT_COMMIT = 12;

    private final TopologyParts parts;
    private final Patience notThere;
    private final Patience unavailable;

    @SuppressWarnings("NullAway.Init") // Kafka Streams calls init before anything else
    private KeyValueStore<String, PullRequestProgress> progress;

    @SuppressWarnings("NullAway.Init")
    private KeyValueStore<String, PullRequestEvent> requests;

    private @Nullable Desk<AnalysisResult> desk;

    AnalysisProcessor(TopologyParts parts) {
        this.parts = parts;
        this.notThere = new Patience(
                Duration.ofSeconds(2), Duration.ofSeconds(20), parts.settings().notThereFor());
        this.unavailable = new Patience(
                Duration.ofSeconds(5), Duration.ofMinutes(5), parts.settings().unavailableFor());
    }

    @Override
    public void init(ProcessorContext<RecordKey, SpecificRecord> context) {
        super.init(context);
        progress = context.getStateStore(Names.PROGRESS_STORE);
        requests = context.getStateStore(Names.REQUESTS_STORE);
        Desk<AnalysisResult> mine = new Desk<>(parts.pool(), parts.settings().withPool());
        desk = mine;
        try (KeyValueIterator<String, PullRequestEvent> open = requests.all()) {
            while (open.hasNext()) {
                KeyValue<String, PullRequestEvent> request = open.next();
                PullRequestProgress known = progress.get(request.key);
                layOut(request.key, request.value, known == null ? 0 : known.notBefore());
            }
        }
        context.schedule(parts.settings().lookEvery(), PunctuationType.WALL_CLOCK_TIME, this::look);
        context.schedule(LOOK_FOR_TOKENS, PunctuationType.WALL_CLOCK_TIME, now -> {
            mine.unpark(parts.tokens()::of);
            mine.handOut(now, this::ticket);
        });
    }

    @Override
    public void process(Record<PullRequestKey, PullRequestEvent> record) {
        PullRequestEvent event = record.value();
        String id = id(event);
        long updatedOn = event.getUpdatedOn().toEpochMilli();
        PullRequestProgress known = progress.get(id);
        boolean retry = isRetry(record);
        if (!retry && known != null && known.contentKey().equals(event.getContentKey())) {
            parts.meters().duplicate();
            return;
        }
        if (known != null && known.updatedOn() > updatedOn) {
            parts.meters().lateEvent();
            return;
        }
        PullRequestProgress now = known == null
                ? PullRequestProgress.begin(updatedOn, event.getContentKey())
                : known.heard(updatedOn, event.getContentKey());
        if (isClosed(event)) {
            close(id, event, now);
        } else {
            consider(id, event, now, retry);
        }
        desk().handOut(context().currentSystemTimeMs(), this::ticket);
    }

    @Override
    public void close() {
        if (desk != null) {
            desk.clear();
        }
        parts.meters().work(context().taskId().toString(), 0, 0);
    }

    /** A pull request that was closed before we knew it is analysed all the same when its history is asked for. */
    private static boolean isClosed(PullRequestEvent event) {
        boolean closed = switch (event.getKind()) {
            case MERGED, DECLINED -> true;
            case OPENED, UPDATED, RETARGETED, COMMENT_COMMAND -> false;
        };
        return closed && event.getProvenance().getOrigin() != Origin.BACKFILL;
    }

    /** Whether a person asked for a dead letter to be tried again. */
    private static boolean isRetry(Record<PullRequestKey, PullRequestEvent> record) {
        return record.headers().lastHeader(Topics.RETRY_HEADER) != null;
    }

    private void close(String id, PullRequestEvent event, PullRequestProgress now) {
        String how = event.getKind() == PullRequestEventKind.MERGED ? "merged" : "declined";
        PullRequestEvent open = requests.get(id);
        boolean replayed = event.getProvenance().getOrigin() == Origin.REPLAY;
        if (open != null && !replayed) {
            end(id, now, Endings.without(open, Outcome.SKIPPED, "It was " + how + " before its analysis was done"));
        } else {
            progress.put(id, now);
        }
    }

    private void consider(String id, PullRequestEvent event, PullRequestProgress now, boolean retry) {
        PullRequestSide head = event.getHead();
        PullRequestSide base = event.getBase();
        boolean asked = event.getKind() == PullRequestEventKind.COMMENT_COMMAND;
        if (asked && !RECHECK.equals(event.getCommand())) {
            progress.put(id, now);
            return;
        }
        PullRequestEvent open = requests.get(id);
        if (head == null || base == null) {
            PullRequestProgress ended = supersede(id, open, event, now);
            String gone = head == null ? "source branch, or the fork it is in," : "destination branch";
            end(id, ended, Endings.without(event, Outcome.SKIPPED, "The " + gone + " no longer exists"));
            return;
        }
        boolean same = isSame(now, head, base);
        if (same && (open != null || !asked && !retry)) {
            progress.put(id, now);
            return;
        }
        PullRequestProgress after = supersede(id, open, event, now);
        requests.put(id, event);
        progress.put(id, after.asked(head.getCommit(), base.getCommit(), base.getBranch()));
        layOut(id, event, 0);
    }

    private static boolean isSame(PullRequestProgress known, PullRequestSide head, PullRequestSide base) {
        String knownHead = known.head();
        String knownBase = known.base();
        return knownHead != null
                && knownBase != null
                && sameCommit(knownHead, head.getCommit())
                && sameCommit(knownBase, base.getCommit())
                && base.getBranch().equals(known.baseBranch());
    }

    /** Commits are named by 12 or by 40 digits. */
    private static boolean sameCommit(String one, String other) {
        return one.startsWith(other) || other.startsWith(one);
    }

    /** Ends an unfinished older head; the same head against another base has not ended yet. */
    private PullRequestProgress supersede(
            String id, @Nullable PullRequestEvent open, PullRequestEvent by, PullRequestProgress now) {
        PullRequestSide before = open == null ? null : open.getHead();
        PullRequestSide after = by.getHead();
        if (open == null || before == null || (after != null && sameCommit(before.getCommit(), after.getCommit()))) {
            return now;
        }
        return end(id, now, Endings.without(open, Outcome.SUPERSEDED, "A newer head took its place"));
    }

    /** Writes an end, and takes the request out in the same transaction. */
    private PullRequestProgress end(String id, PullRequestProgress now, ChangeSet end) {
        requests.delete(id);
        desk().forget(id);
        PullRequestProgress finished = now.finished(end.getIdempotencyKey());
        progress.put(id, finished);
        parts.meters().ended(end.getOutcome());
        context()
                .forward(
                        new Record<RecordKey, SpecificRecord>(
                                new WorkspaceKey(end.getPullRequest().getWorkspaceUuid()),
                                end,
                                context().currentSystemTimeMs()),
                        Names.CHANGE_SETS_SINK);
        return finished;
    }

    private void look(long now) {
        for (Done<AnalysisResult> done : desk().takeFinished()) {
            PullRequestEvent request = requests.get(done.id());
            PullRequestProgress known = progress.get(done.id());
            if (request != null && known != null && request.getContentKey().equals(done.version())) {
                finished(done.id(), request, known, done.result(), now);
            }
        }
        desk().handOut(now, this::ticket);
        parts.meters().work(context().taskId().toString(), desk().openCount(), desk().parkedCount());
    }

    private void finished(
            String id, PullRequestEvent request, PullRequestProgress known, AnalysisResult result, long now) {
        switch (result) {
            case AnalysisResult.Compared compared -> {
                ChangeSet changeSet = Endings.reported(request, compared.comparison());
                boolean told = changeSet.getIdempotencyKey().equals(known.idempotencyKey());
                if (told && request.getKind() != PullRequestEventKind.COMMENT_COMMAND) {
                    requests.delete(id);
                    desk().forget(id);
                    progress.put(id, known.finished(changeSet.getIdempotencyKey()));
                } else {
                    end(id, known, changeSet);
                }
            }
            case AnalysisResult.Hindered hindered -> hindered(id, request, known, hindered.obstacle(), now);
        }
    }

    private void hindered(String id, PullRequestEvent request, PullRequestProgress known, Obstacle obstacle, long now) {
        switch (obstacle) {
            case Obstacle.NotThereYet missing ->
                retry(id, request, known, notThere, now, missing)
                        .ifPresent(gone -> end(id, known, Endings.without(request, Outcome.SKIPPED, gone)));
            case Obstacle.Unavailable away ->
                retry(id, request, known, unavailable, now, away).ifPresent(gone -> fail(id, request, known, gone));
            case Obstacle.NeedsToken token -> {
                LOG.info("Parked {}: {}", id, token.reason());
                desk().park(
                                id,
                                priority(request),
                                request.getUpdatedOn().toEpochMilli(),
                                request.getConnectionId(),
                                token.refused());
            }
            case Obstacle.NothingToDo nothing ->
                end(id, known, Endings.without(request, Outcome.SKIPPED, nothing.reason()));
            case Obstacle.Terminal terminal -> fail(id, request, known, terminal.reason());
        }
    }

    /** Empty when it is tried again, otherwise the reason to give up with. */
    private Optional<String> retry(
            String id,
            PullRequestEvent request,
            PullRequestProgress known,
            Patience patience,
            long now,
            Obstacle obstacle) {
        Optional<Long> next = patience.next(now, known.firstTriedAt(), known.attempts());
        if (next.isEmpty()) {
            return Optional.of(obstacle.reason());
        }
        LOG.info("Trying {} again later: {}", id, obstacle.reason());
        parts.meters().retried();
        progress.put(id, known.tried(now, next.get()));
        layOut(id, request, next.get());
        return Optional.empty();
    }

    /** Set aside for a person, and said to the reader: the event goes to the dead letters, the end into the report. */
    private void fail(String id, PullRequestEvent request, PullRequestProgress known, String reason) {
        LOG.warn("Gave up {}: {}", id, reason);
        context()
                .forward(
                        DeadLetterRecords.withCause(
                                new Record<RecordKey, SpecificRecord>(
                                        PullRequestKey.of(request.getPullRequest()),
                                        request,
                                        context().currentSystemTimeMs()),
                                reason),
                        Names.PULL_REQUEST_DEAD_LETTERS_SINK);
        end(id, known, Endings.without(request, Outcome.FAILED, reason));
    }

    private void layOut(String id, PullRequestEvent request, long notBefore) {
        long order = request.getUpdatedOn().toEpochMilli();
        if (notBefore > context().currentSystemTimeMs()) {
            desk().delay(id, priority(request), order, notBefore);
        } else {
            desk().ready(id, priority(request), order);
        }
    }

    private Optional<Ticket<AnalysisResult>> ticket(String id) {
        PullRequestEvent request = requests.get(id);
        if (request == null) {
            return Optional.empty();
        }
        return Optional.of(new Ticket<>(
                id,
                request.getContentKey(),
                PullRequestKey.of(request.getPullRequest()).repository().text(),
                priority(request),
                request.getUpdatedOn().toEpochMilli(),
                () -> parts.analysis().analyse(request),
                thrown -> new AnalysisResult.Hindered(new Obstacle.Terminal("The analysis ended with "
                        + thrown.getClass().getSimpleName() + ", which is a fault of ours"))));
    }

    private Desk<AnalysisResult> desk() {
        if (desk == null) {
            throw new IllegalStateException("used before init");
        }
        return desk;
    }

    private static Priority priority(PullRequestEvent event) {
        return switch (event.getProvenance().getOrigin()) {
            case WEBHOOK -> Priority.LIVE;
            case POLL -> Priority.FOUND;
            case BACKFILL, REPLAY -> Priority.BACKFILL;
        };
    }

    /**
     * What is followed under one name: a pull request. In a replay each of its heads is followed by itself: recorded heads come
     * so quickly one after another that each would supersede the one before, and there would be no report to compare.
     */
    private static String id(PullRequestEvent event) {
        PullRequestSide head = event.getHead();
        String ofReplay = event.getProvenance().getOrigin() == Origin.REPLAY && head != null
                ? "#" + head.getCommit().substring(0, SHORT_COMMIT)
                : "";
        return PullRequestKey.of(event.getPullRequest()).text()
                + NormaliseProcessor.run(event.getProvenance())
                + ofReplay;
    }
}
