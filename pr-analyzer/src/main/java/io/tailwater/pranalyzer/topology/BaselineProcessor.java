package io.tailwater.pranalyzer.topology;

import io.tailwater.pranalyzer.impact.BaselineResult;
import io.tailwater.pranalyzer.impact.Obstacle;
import io.tailwater.pranalyzer.impact.ReportIds;
import io.tailwater.pranalyzer.impact.Rules;
import io.tailwater.pranalyzer.normalise.ContentKey;
import io.tailwater.pranalyzer.state.Attempts;
import io.tailwater.pranalyzer.state.BaselineState;
import io.tailwater.pranalyzer.work.Desk;
import io.tailwater.pranalyzer.work.Done;
import io.tailwater.pranalyzer.work.Priority;
import io.tailwater.pranalyzer.work.Ticket;
import io.tailwater.schemas.event.RepositoryEvent;
import io.tailwater.schemas.lineage.LineageAsset;
import io.tailwater.schemas.topic.DatasetKey;
import io.tailwater.schemas.topic.RecordKey;
import io.tailwater.schemas.topic.RepositoryKey;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.StringSerializer;
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
 * Keeps the lineage of default branches current: reads a branch when it moved, writes the datasets that changed, and a
 * tombstone for each that is gone. Parks its requests as {@link AnalysisProcessor} does.
 */
final class BaselineProcessor extends ContextualProcessor<RepositoryKey, RepositoryEvent, RecordKey, SpecificRecord> {

    private static final Logger LOG = LoggerFactory.getLogger(BaselineProcessor.class);
    private static final Duration LOOK_FOR_TOKENS = Duration.ofSeconds(1);

    /** After this long, a push to another branch makes us ask whether that one is the default branch now. */
    private static final Duration TRUST_DEFAULT_BRANCH = Duration.ofHours(1);

    private final TopologyParts parts;
    private final Patience notThere;
    private final Patience unavailable;

    @SuppressWarnings("NullAway.Init") // Kafka Streams calls init before anything else
    private KeyValueStore<String, BaselineState> baselines;

    @SuppressWarnings("NullAway.Init")
    private KeyValueStore<String, String> datasets;

    @SuppressWarnings("NullAway.Init")
    private KeyValueStore<String, RepositoryEvent> requests;

    @SuppressWarnings("NullAway.Init")
    private KeyValueStore<String, Attempts> attempts;

    private @Nullable Desk<BaselineResult> desk;

    BaselineProcessor(TopologyParts parts) {
        this.parts = parts;
        this.notThere = new Patience(
                Duration.ofSeconds(2), Duration.ofSeconds(20), parts.settings().notThereFor());
        this.unavailable = new Patience(
                Duration.ofSeconds(5), Duration.ofMinutes(5), parts.settings().unavailableFor());
    }

    @Override
    public void init(ProcessorContext<RecordKey, SpecificRecord> context) {
        super.init(context);
        baselines = context.getStateStore(Names.BASELINES_STORE);
        datasets = context.getStateStore(Names.BASELINE_DATASETS_STORE);
        requests = context.getStateStore(Names.BASELINE_REQUESTS_STORE);
        attempts = context.getStateStore(Names.BASELINE_ATTEMPTS_STORE);
        Desk<BaselineResult> mine = new Desk<>(parts.pool(), parts.settings().withPool());
        desk = mine;
        try (KeyValueIterator<String, RepositoryEvent> open = requests.all()) {
            while (open.hasNext()) {
                KeyValue<String, RepositoryEvent> request = open.next();
                Attempts tried = attempts.get(request.key);
                layOut(request.key, request.value, tried == null ? 0 : tried.notBefore());
            }
        }
        context.schedule(parts.settings().lookEvery(), PunctuationType.WALL_CLOCK_TIME, this::look);
        context.schedule(LOOK_FOR_TOKENS, PunctuationType.WALL_CLOCK_TIME, now -> {
            mine.unpark(parts.tokens()::of);
            mine.handOut(now, this::ticket);
        });
    }

    @Override
    public void process(Record<RepositoryKey, RepositoryEvent> record) {
        String id = record.key().text();
        RepositoryEvent event = record.value();
        switch (event.getKind()) {
            case REMOVED -> {
                forget(id);
                int removed = removeDatasets(id, Set.of());
                baselines.delete(id);
                parts.meters().baseline(0, removed);
            }
            case BRANCH_MOVED -> {
                if (mayBeDefault(baselines.get(id), event)) {
                    ask(id, event);
                }
            }
            case ADDED, RENAMED -> ask(id, event);
        }
    }

    @Override
    public void close() {
        if (desk != null) {
            desk.clear();
        }
        parts.meters().work(context().taskId().toString(), 0, 0);
    }

    private static boolean mayBeDefault(@Nullable BaselineState standing, RepositoryEvent event) {
        return standing == null
                || standing.branch().equals(event.getBranch())
                || event.getOccurredAt().toEpochMilli() - standing.checkedAt() > TRUST_DEFAULT_BRANCH.toMillis();
    }

    private void ask(String id, RepositoryEvent event) {
        requests.put(id, event);
        attempts.delete(id);
        layOut(id, event, 0);
        desk().handOut(context().currentSystemTimeMs(), this::ticket);
    }

    private void look(long now) {
        for (Done<BaselineResult> done : desk().takeFinished()) {
            RepositoryEvent request = requests.get(done.id());
            if (request != null && version(request).equals(done.version())) {
                finished(done.id(), request, done.result(), now);
            }
        }
        desk().handOut(now, this::ticket);
        parts.meters().work(context().taskId().toString(), desk().openCount(), desk().parkedCount());
    }

    private void finished(String id, RepositoryEvent request, BaselineResult result, long now) {
        switch (result) {
            case BaselineResult.Extracted extracted -> {
                forget(id);
                replace(id, request, extracted, now);
            }
            case BaselineResult.Unchanged unchanged -> {
                forget(id);
                BaselineState standing = baselines.get(id);
                if (standing != null) {
                    baselines.put(
                            id,
                            new BaselineState(
                                    standing.repository(),
                                    unchanged.branch(),
                                    standing.commit(),
                                    standing.rules(),
                                    now));
                }
            }
            case BaselineResult.Hindered hindered -> hindered(id, request, hindered.obstacle(), now);
        }
    }

    private void replace(String id, RepositoryEvent request, BaselineResult.Extracted extracted, long now) {
        Set<String> kept = new HashSet<>();
        int written = 0;
        for (LineageAsset asset : extracted.assets()) {
            DatasetKey key = new DatasetKey(asset.getWorkspaceUuid(), asset.getRepositoryUuid(), asset.getDataset());
            kept.add(key.text());
            String digest = digest(asset);
            if (!digest.equals(datasets.get(key.text()))) {
                datasets.put(key.text(), digest);
                forward(key, asset);
                written++;
            }
        }
        int removed = removeDatasets(id, kept);
        baselines.put(
                id,
                new BaselineState(
                        request.getWorkspaceSlug() + "/" + request.getRepositorySlug(),
                        extracted.branch(),
                        extracted.commit(),
                        Rules.VERSION,
                        now));
        parts.meters().baseline(written, removed);
        LOG.info(
                "Read the default branch of {}: {} datasets, {} written, {} removed",
                id,
                kept.size(),
                written,
                removed);
    }

    private int removeDatasets(String id, Set<String> kept) {
        List<String> gone = new ArrayList<>();
        try (KeyValueIterator<String, String> known = datasets.prefixScan(id + "/", new StringSerializer())) {
            while (known.hasNext()) {
                String key = known.next().key;
                if (!kept.contains(key)) {
                    gone.add(key);
                }
            }
        }
        for (String key : gone) {
            datasets.delete(key);
            forward(DatasetKey.parse(key), null);
        }
        return gone.size();
    }

    private void forward(DatasetKey key, @Nullable LineageAsset asset) {
        context()
                .forward(
                        new Record<RecordKey, @Nullable SpecificRecord>(
                                key, asset, context().currentSystemTimeMs()),
                        Names.LINEAGE_ASSETS_SINK);
    }

    private void hindered(String id, RepositoryEvent request, Obstacle obstacle, long now) {
        switch (obstacle) {
            case Obstacle.NotThereYet missing -> retry(id, request, notThere, missing, now);
            case Obstacle.Unavailable away -> retry(id, request, unavailable, away, now);
            case Obstacle.NeedsToken token -> {
                LOG.info("Parked the baseline of {}: {}", id, token.reason());
                desk().park(id, Priority.BASELINE, order(request), request.getConnectionId(), token.refused());
            }
            case Obstacle.NothingToDo nothing -> {
                LOG.info("No baseline for {}: {}", id, nothing.reason());
                forget(id);
            }
            case Obstacle.Terminal terminal -> fail(id, request, terminal.reason());
        }
    }

    private void retry(String id, RepositoryEvent request, Patience patience, Obstacle obstacle, long now) {
        Attempts tried = attempts.get(id);
        Optional<Long> next =
                patience.next(now, tried == null ? 0 : tried.firstAt(), tried == null ? 0 : tried.count());
        if (next.isEmpty()) {
            fail(id, request, obstacle.reason());
            return;
        }
        parts.meters().retried();
        attempts.put(
                id,
                new Attempts(tried == null ? 1 : tried.count() + 1, tried == null ? now : tried.firstAt(), next.get()));
        layOut(id, request, next.get());
    }

    private void fail(String id, RepositoryEvent request, String reason) {
        LOG.warn("Gave up the baseline of {}: {}", id, reason);
        forget(id);
        context()
                .forward(
                        DeadLetterRecords.withCause(
                                new Record<RecordKey, SpecificRecord>(
                                        RepositoryKey.parse(id),
                                        request,
                                        context().currentSystemTimeMs()),
                                reason),
                        Names.REPOSITORY_DEAD_LETTERS_SINK);
    }

    private void forget(String id) {
        requests.delete(id);
        attempts.delete(id);
        desk().forget(id);
    }

    private void layOut(String id, RepositoryEvent request, long notBefore) {
        if (notBefore > context().currentSystemTimeMs()) {
            desk().delay(id, Priority.BASELINE, order(request), notBefore);
        } else {
            desk().ready(id, Priority.BASELINE, order(request));
        }
    }

    private Optional<Ticket<BaselineResult>> ticket(String id) {
        RepositoryEvent request = requests.get(id);
        if (request == null) {
            return Optional.empty();
        }
        Optional<BaselineState> standing = Optional.ofNullable(baselines.get(id));
        return Optional.of(new Ticket<>(
                id,
                version(request),
                id,
                Priority.BASELINE,
                order(request),
                () -> parts.baselines().read(request, standing),
                thrown -> new BaselineResult.Hindered(new Obstacle.Terminal("Reading the default branch ended with "
                        + thrown.getClass().getSimpleName()))));
    }

    private Desk<BaselineResult> desk() {
        if (desk == null) {
            throw new IllegalStateException("used before init");
        }
        return desk;
    }

    private static long order(RepositoryEvent request) {
        return request.getOccurredAt().toEpochMilli();
    }

    private static String version(RepositoryEvent request) {
        return ContentKey.of(
                request.getKind(),
                request.getWorkspaceSlug(),
                request.getRepositorySlug(),
                request.getBranch(),
                request.getCommit(),
                request.getOccurredAt());
    }

    /** Equal for assets that say the same, whichever revision they were read from: a line's evidence stays true. */
    private static String digest(LineageAsset asset) {
        String text = HexFormat.of().formatHex(ReportIds.bytes(asset));
        byte[] commit = asset.getAt().getRevision().getBytes(StandardCharsets.UTF_8);
        String revision = HexFormat.of().formatHex(commit);
        return ContentKey.of(text.replace(revision, "")).substring(0, 32);
    }
}
