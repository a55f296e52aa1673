package io.tailwater.publisher.consume;

import io.tailwater.schemas.report.Publication;
import io.tailwater.schemas.topic.PullRequestKey;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * What is in hand of one partition: one report at a time for each pull request, the others of it in line behind. For the
 * consuming thread only; attempts run elsewhere and come back as {@link #done} or {@link #park}.
 */
final class PartitionWork {

    /**
     * A report that waits for its connection.
     *
     * @param work the report
     * @param why what it waits for
     * @param sinceNanos when it was parked, as {@link System#nanoTime()} tells
     */
    record ParkedReport(ReportRecord work, Attempt.Parked why, long sinceNanos) {}

    private final TopicPartition partition;
    private final Lease lease = new Lease();
    private final Offsets offsets = new Offsets();
    private final Map<PullRequestKey, Deque<ReportRecord>> lines = new HashMap<>();
    private final Map<PullRequestKey, ParkedReport> parked = new LinkedHashMap<>();
    private final Map<PullRequestKey, CompletableFuture<?>> running = new HashMap<>();
    private @Nullable Map<PullRequestKey, Publication> published;
    private int behindParked;

    PartitionWork(TopicPartition partition) {
        this.partition = partition;
    }

    TopicPartition partition() {
        return partition;
    }

    Lease lease() {
        return lease;
    }

    Offsets offsets() {
        return offsets;
    }

    /** What was published before; empty until it was read. */
    Optional<Map<PullRequestKey, Publication>> published() {
        return Optional.ofNullable(published);
    }

    void restored(Map<PullRequestKey, Publication> publications) {
        published = publications;
    }

    /** Puts a report in line; returns it when it is its turn at once. */
    Optional<ReportRecord> add(ReportRecord work) {
        Deque<ReportRecord> line = lines.computeIfAbsent(work.key(), unused -> new ArrayDeque<>());
        line.add(work);
        behindParked += parked.containsKey(work.key()) ? 1 : 0;
        return line.size() == 1 ? Optional.of(work) : Optional.empty();
    }

    void started(PullRequestKey key, CompletableFuture<?> attempt) {
        running.put(key, attempt);
    }

    /** Takes a finished report out of line; returns the next of its pull request. */
    Optional<ReportRecord> done(ReportRecord work) {
        offsets.finish(work.record().offset());
        running.remove(work.key());
        Deque<ReportRecord> line = lines.get(work.key());
        if (line == null) {
            return Optional.empty();
        }
        line.remove(work);
        if (line.isEmpty()) {
            lines.remove(work.key());
            return Optional.empty();
        }
        return Optional.of(line.getFirst());
    }

    /** Keeps a report, and those in line behind it, until its connection can be used. */
    void park(ReportRecord work, Attempt.Parked why, long nowNanos) {
        running.remove(work.key());
        parked.put(work.key(), new ParkedReport(work, why, nowNanos));
        behindParked += lines.getOrDefault(work.key(), new ArrayDeque<>()).size() - 1;
    }

    Collection<ParkedReport> parked() {
        return List.copyOf(parked.values());
    }

    void unpark(ParkedReport report) {
        parked.remove(report.work().key());
        behindParked -=
                lines.getOrDefault(report.work().key(), new ArrayDeque<>()).size() - 1;
    }

    /** Reports in hand that wait for their connection, or behind one that does. */
    int waiting() {
        return parked.size() + behindParked;
    }

    /** Reports in hand that go on. */
    int active() {
        return offsets.pending() - waiting();
    }

    /** Cancels what waits for its next try; what is in the middle of one ends by itself. */
    void cancel() {
        List.copyOf(running.values()).forEach(attempt -> attempt.cancel(false));
    }
}
