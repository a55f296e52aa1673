package io.tailwater.pranalyzer.topology;

import io.tailwater.pranalyzer.normalise.DeliveryNormaliser;
import io.tailwater.pranalyzer.normalise.Normalised;
import io.tailwater.pranalyzer.state.KnownRepository;
import io.tailwater.pranalyzer.state.KnownTarget;
import io.tailwater.schemas.event.Provenance;
import io.tailwater.schemas.event.PullRequestEvent;
import io.tailwater.schemas.event.PullRequestEventKind;
import io.tailwater.schemas.event.PullRequestRef;
import io.tailwater.schemas.event.PullRequestSide;
import io.tailwater.schemas.event.RepositoryEvent;
import io.tailwater.schemas.event.RepositoryEventKind;
import io.tailwater.schemas.event.WebhookDelivery;
import io.tailwater.schemas.topic.PullRequestKey;
import io.tailwater.schemas.topic.RecordKey;
import io.tailwater.schemas.topic.RepositoryKey;
import java.time.Duration;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.WindowStore;
import org.apache.kafka.streams.state.WindowStoreIterator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Deliveries in, events out: reads each, drops what was said before, and notices repositories seen for the first time. */
final class NormaliseProcessor extends ContextualProcessor<RepositoryKey, WebhookDelivery, RecordKey, SpecificRecord> {

    /** Sends a delivery to the dead letters; its message holds nothing of the body. */
    static final class MalformedDelivery extends RuntimeException {
        private static final long serialVersionUID = 1L;

        MalformedDelivery(String eventKey, String reason) {
            super("delivery of " + eventKey + ": " + reason);
        }
    }

    private static final Logger LOG = LoggerFactory.getLogger(NormaliseProcessor.class);

    private final DeliveryNormaliser normaliser = new DeliveryNormaliser();
    private final TopologyMeters meters;
    private final Duration duplicatesFor;

    @SuppressWarnings("NullAway.Init") // Kafka Streams calls init before anything else
    private WindowStore<String, String> seen;

    @SuppressWarnings("NullAway.Init")
    private KeyValueStore<String, KnownRepository> repositories;

    @SuppressWarnings("NullAway.Init")
    private KeyValueStore<String, KnownTarget> targets;

    NormaliseProcessor(TopologyMeters meters, Duration duplicatesFor) {
        this.meters = meters;
        this.duplicatesFor = duplicatesFor;
    }

    @Override
    public void init(ProcessorContext<RecordKey, SpecificRecord> context) {
        super.init(context);
        seen = context.getStateStore(Names.SEEN_STORE);
        repositories = context.getStateStore(Names.REPOSITORIES_STORE);
        targets = context.getStateStore(Names.TARGETS_STORE);
    }

    @Override
    public void process(Record<RepositoryKey, WebhookDelivery> record) {
        WebhookDelivery delivery = record.value();
        switch (normaliser.normalise(record.key(), delivery)) {
            case Normalised.OfPullRequest found -> pullRequest(record, found.event());
            case Normalised.OfRepository found -> found.events().forEach(event -> repository(record, event));
            case Normalised.Skipped skipped -> {
                meters.deliverySkipped(delivery.getEventKey(), skipped.reason());
                LOG.debug("Skipped a delivery of {}: {}", record.key().text(), skipped.reason());
            }
            case Normalised.Malformed malformed ->
                throw new MalformedDelivery(delivery.getEventKey(), malformed.reason());
        }
    }

    private void pullRequest(Record<RepositoryKey, WebhookDelivery> record, PullRequestEvent event) {
        String content = event.getContentKey() + run(event.getProvenance());
        if (isSeen(content, record.timestamp())) {
            meters.duplicate();
            return;
        }
        seen.put(content, "", record.timestamp());
        PullRequestRef pullRequest = event.getPullRequest();
        repositorySeen(record, pullRequest.getWorkspaceSlug(), pullRequest.getRepositorySlug());
        noticeRetarget(event);
        context()
                .forward(
                        new Record<>(PullRequestKey.of(pullRequest), event, record.timestamp()),
                        Names.PULL_REQUEST_EVENTS_SINK);
    }

    private boolean isSeen(String content, long timestamp) {
        long reach = duplicatesFor.toMillis();
        try (WindowStoreIterator<String> found =
                seen.fetch(content, Math.max(0, timestamp - reach), timestamp + reach)) {
            return found.hasNext();
        }
    }

    private void noticeRetarget(PullRequestEvent event) {
        PullRequestSide base = event.getBase();
        if (base == null) {
            return;
        }
        String key = PullRequestKey.of(event.getPullRequest()).text() + run(event.getProvenance());
        long updatedOn = event.getUpdatedOn().toEpochMilli();
        KnownTarget known = targets.get(key);
        if (known != null && known.updatedOn() > updatedOn) {
            return;
        }
        if (known != null
                && event.getKind() == PullRequestEventKind.UPDATED
                && !known.baseBranch().equals(base.getBranch())) {
            event.setKind(PullRequestEventKind.RETARGETED);
        }
        targets.put(key, new KnownTarget(base.getBranch(), updatedOn));
    }

    private void repository(Record<RepositoryKey, WebhookDelivery> record, RepositoryEvent event) {
        String key = record.key().text();
        switch (event.getKind()) {
            case BRANCH_MOVED -> {
                repositorySeen(record, event.getWorkspaceSlug(), event.getRepositorySlug());
                forward(record, event);
            }
            case ADDED, RENAMED -> {
                repositories.put(
                        key,
                        new KnownRepository(
                                event.getWorkspaceSlug(),
                                event.getRepositorySlug(),
                                event.getOccurredAt().toEpochMilli()));
                forward(record, event);
            }
            case REMOVED -> {
                repositories.delete(key);
                forward(record, event);
            }
        }
    }

    /** The first news of a repository asks for its baseline; news under another name says that it was renamed. */
    private void repositorySeen(
            Record<RepositoryKey, WebhookDelivery> record, String workspaceSlug, String repositorySlug) {
        String key = record.key().text();
        WebhookDelivery delivery = record.value();
        long heardAt = delivery.getReceivedAt().toEpochMilli();
        KnownRepository known = repositories.get(key);
        if (known != null && (known.isNamed(workspaceSlug, repositorySlug) || known.heardAt() > heardAt)) {
            return;
        }
        repositories.put(key, new KnownRepository(workspaceSlug, repositorySlug, heardAt));
        forward(
                record,
                RepositoryEvent.newBuilder()
                        .setWorkspaceUuid(record.key().workspaceUuid())
                        .setWorkspaceSlug(workspaceSlug)
                        .setRepositoryUuid(record.key().repositoryUuid())
                        .setRepositorySlug(repositorySlug)
                        .setConnectionId(delivery.getConnectionId())
                        .setKind(known == null ? RepositoryEventKind.ADDED : RepositoryEventKind.RENAMED)
                        .setOccurredAt(delivery.getReceivedAt())
                        .setProvenance(delivery.getProvenance())
                        .build());
    }

    private void forward(Record<RepositoryKey, WebhookDelivery> record, RepositoryEvent event) {
        context().forward(new Record<>(record.key(), event, record.timestamp()), Names.REPOSITORY_EVENTS_SINK);
    }

    /** A replay or backfill is a world of its own: it neither silences live events nor is silenced by them. */
    static String run(Provenance provenance) {
        @Nullable String name = provenance.getRunName();
        return name == null ? "" : "@" + name;
    }
}
