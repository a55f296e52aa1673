package io.tailwater.publisher.consume;

import io.micrometer.core.instrument.MeterRegistry;
import io.tailwater.bitbucket.model.BitbucketException;
import io.tailwater.connections.ConnectedWorkspace;
import io.tailwater.connections.ConnectionLookup;
import io.tailwater.publisher.publish.BitbucketAccess;
import io.tailwater.publisher.publish.CommentPublisher;
import io.tailwater.publisher.publish.Plan;
import io.tailwater.publisher.publish.Planner;
import io.tailwater.schemas.report.ImpactReport;
import io.tailwater.schemas.report.Publication;
import io.tailwater.schemas.topic.ConnectionId;
import io.tailwater.schemas.topic.PullRequestKey;
import io.tailwater.schemas.topic.Topics;
import io.tailwater.service.LogKeys;
import io.tailwater.service.Secret;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Works on one report once: side effect first, record of it after. May run again for the same report, in this process or
 * another. Safe for use by many threads.
 */
final class ReportWorker {

    private static final Logger LOGGER = LoggerFactory.getLogger(ReportWorker.class);

    private final Deserializer<ImpactReport> values;
    private final Planner planner;
    private final CommentPublisher publisher;
    private final BitbucketAccess bitbucket;
    private final Function<ConnectionId, ConnectionLookup> connections;
    private final PublicationLog log;
    private final MeterRegistry meters;

    ReportWorker(
            Deserializer<ImpactReport> values,
            Planner planner,
            CommentPublisher publisher,
            BitbucketAccess bitbucket,
            Function<ConnectionId, ConnectionLookup> connections,
            PublicationLog log,
            MeterRegistry meters) {
        this.values = values;
        this.planner = planner;
        this.publisher = publisher;
        this.bitbucket = bitbucket;
        this.connections = connections;
        this.log = log;
        this.meters = meters;
    }

    /** A report that no attempt can bring further, and not by Bitbucket's doing. */
    static final class Unworkable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Unworkable(String message, Throwable cause) {
            super(message, cause);
        }

        Unworkable(String message) {
            super(message);
        }
    }

    /**
     * Works on a report.
     *
     * @param published what was published for the pull requests of the partition; kept current
     * @throws BitbucketException when Bitbucket could not or would not
     * @throws org.apache.kafka.common.KafkaException when Kafka or the registry does not answer
     * @throws Unworkable when the report itself is at fault
     */
    Attempt attempt(ReportRecord work, Lease lease, Map<PullRequestKey, Publication> published) {
        if (!lease.enter()) {
            return new Attempt.HandedOver();
        }
        try {
            return attempt(work, report(work), lease, published);
        } catch (CommentPublisher.NoLongerOurs e) {
            return new Attempt.HandedOver();
        } catch (RuntimeException e) {
            meters.counter("tailwater.publisher.failures", "kind", e.getClass().getSimpleName())
                    .increment();
            LOGGER.atWarn()
                    .addKeyValue(LogKeys.PULL_REQUEST, work.key().text())
                    .addKeyValue(LogKeys.OFFSET, work.record().offset())
                    .addKeyValue(LogKeys.REASON, e.getMessage())
                    .log("publishing a report did not succeed this time");
            throw e;
        } finally {
            lease.leave();
        }
    }

    /** Sets a report aside that cannot be published, and records so where it can be read. */
    void giveUp(ReportRecord work, Throwable cause, Lease lease, Map<PullRequestKey, Publication> published) {
        if (!lease.enter()) {
            return;
        }
        try {
            log.setAside(work.record(), cause);
            if (!(cause instanceof SerializationException)) {
                String reason = String.valueOf(cause.getMessage());
                record(
                        work,
                        planner.refused(report(work), Optional.ofNullable(published.get(work.key())), reason),
                        published);
            }
        } finally {
            lease.leave();
        }
    }

    private ImpactReport report(ReportRecord work) {
        try {
            return values.deserialize(
                    Topics.IMPACT_REPORTS.name(), work.record().value());
        } catch (RetriableException | SerializationException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new SerializationException("reading a report", e);
        }
    }

    private Attempt attempt(
            ReportRecord work, ImpactReport report, Lease lease, Map<PullRequestKey, Publication> published) {
        Optional<Publication> previous = Optional.ofNullable(published.get(work.key()));
        return switch (planner.plan(report, previous)) {
            case Plan.Ignore ignore -> {
                LOGGER.atInfo()
                        .addKeyValue(LogKeys.PULL_REQUEST, work.key().text())
                        .addKeyValue(LogKeys.REASON, ignore.reason())
                        .log("passed over a report");
                yield new Attempt.Done();
            }
            case Plan.Settled settled -> record(work, settled.publication(), published);
            case Plan.Say say -> say(work, report, say, previous, lease, published);
        };
    }

    private Attempt say(
            ReportRecord work,
            ImpactReport report,
            Plan.Say say,
            Optional<Publication> previous,
            Lease lease,
            Map<PullRequestKey, Publication> published) {
        ConnectionId id = new ConnectionId(report.getChangeSet().getConnectionId());
        return switch (connections.apply(id)) {
            case ConnectionLookup.StillLoading loading ->
                new Attempt.Parked(id, Optional.empty(), "connections are still being read");
            case ConnectionLookup.Unreadable unreadable ->
                new Attempt.Parked(id, Optional.empty(), unreadable.reason());
            case ConnectionLookup.Unknown unknown -> throw new Unworkable("there is no connection " + id.value());
            case ConnectionLookup.Found found ->
                switch (found.workspace().state()) {
                    case PAUSED -> new Attempt.Parked(id, Optional.empty(), "the connection is paused");
                    case NEEDS_NEW_TOKEN ->
                        new Attempt.Parked(
                                id, Optional.of(found.workspace().token()), "the connection needs a new token");
                    case ACTIVE -> {
                        Optional<Publication> done = sayThrough(found.workspace(), report, say, previous, lease);
                        yield done.isPresent()
                                ? record(work, done.get(), published)
                                : new Attempt.Parked(
                                        id, Optional.of(found.workspace().token()), "the token was refused");
                    }
                };
        };
    }

    /** What was published; empty when the token was refused. */
    private Optional<Publication> sayThrough(
            ConnectedWorkspace connection,
            ImpactReport report,
            Plan.Say say,
            Optional<Publication> previous,
            Lease lease) {
        try {
            return Optional.of(publisher.publish(
                    say,
                    report,
                    previous,
                    bitbucket.open(connection, report.getChangeSet().getPullRequest()),
                    lease::isHeld));
        } catch (BitbucketException.Unauthorized e) {
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            throw new Unworkable("addressing the pull request: " + e.getMessage(), e);
        }
    }

    private Attempt record(ReportRecord work, Publication publication, Map<PullRequestKey, Publication> published) {
        log.write(work.record().partition(), work.key(), publication);
        published.put(work.key(), publication);
        meters.counter(
                        "tailwater.publisher.publications",
                        "status",
                        publication.getStatus().name())
                .increment();
        LOGGER.atInfo()
                .addKeyValue(LogKeys.PULL_REQUEST, work.key().text())
                .addKeyValue(LogKeys.HEAD_REVISION, publication.getHead())
                .addKeyValue("status", publication.getStatus())
                .addKeyValue(LogKeys.REASON, publication.getReason())
                .log("recorded a publication");
        return new Attempt.Done();
    }

    /** Whether a parked report is worth another attempt: its connection can be used and has another token. */
    boolean mayResume(Attempt.Parked parked) {
        return connections.apply(parked.connection()) instanceof ConnectionLookup.Found found
                && switch (found.workspace().state()) {
                    case PAUSED, NEEDS_NEW_TOKEN -> false;
                    case ACTIVE ->
                        parked.refused().isEmpty()
                                || !same(
                                        parked.refused().get(),
                                        found.workspace().token());
                };
    }

    private static boolean same(Secret one, Secret other) {
        return one.use(first -> other.use(first::equals));
    }
}
