package io.tailwater.publisher.consume;

import dev.failsafe.Failsafe;
import dev.failsafe.RetryPolicy;
import io.tailwater.publisher.consume.PartitionWork.ParkedReport;
import io.tailwater.publisher.publish.RetryPolicies;
import io.tailwater.schemas.report.Publication;
import io.tailwater.schemas.topic.PullRequestKey;
import io.tailwater.schemas.topic.Topics;
import io.tailwater.service.CheckResult;
import io.tailwater.service.LogKeys;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.TreeSet;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads reports and has them worked on: pull requests beside each other, the reports of one in order. Polling never
 * waits for work; a partition with too much in hand is paused. An offset is committed once everything before it is done,
 * so whatever a crash interrupts is worked on again. One thread does all of this; attempts run on the pool.
 */
final class ReportConsumer implements AutoCloseable {

    private static final Logger LOGGER = LoggerFactory.getLogger(ReportConsumer.class);
    private static final String TOPIC = Topics.IMPACT_REPORTS.name();
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration BETWEEN_PARKED_CHECKS = Duration.ofSeconds(1);
    private static final Duration PAUSE_AFTER_TROUBLE = Duration.ofSeconds(1);
    private static final Duration SILENCE = Duration.ofSeconds(30);

    private final Supplier<Consumer<byte[], byte[]>> consumers;
    private final ConsumeSettings settings;
    private final ReportWorker worker;
    private final PublicationLog log;
    private final RetryPolicies policies;
    private final ScheduledExecutorService pool;
    private final Thread thread;

    private final Map<TopicPartition, PartitionWork> assigned = new LinkedHashMap<>();
    private final Queue<Runnable> arrivals = new ConcurrentLinkedQueue<>();
    private final CountDownLatch stopping = new CountDownLatch(1);

    private volatile @Nullable Consumer<byte[], byte[]> current;
    private volatile long lastTurnNanos = System.nanoTime();
    private volatile String trouble = "Kafka has not answered yet";
    private volatile String parkedReasons = "";
    private volatile int activeReports;
    private volatile int parkedReports;
    private long lastParkedCheckNanos;

    ReportConsumer(
            Supplier<Consumer<byte[], byte[]>> consumers,
            ConsumeSettings settings,
            ReportWorker worker,
            PublicationLog log,
            RetryPolicies policies,
            ScheduledExecutorService pool) {
        this.consumers = consumers;
        this.settings = settings;
        this.worker = worker;
        this.log = log;
        this.policies = policies;
        this.pool = pool;
        this.thread = Thread.ofPlatform().name("report-consumer").unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /** Works while Kafka is followed; parked reports are told of, but are no fault of this part. */
    CheckResult check() {
        if (!thread.isAlive()) {
            return CheckResult.notWorking("not running");
        }
        if (!trouble.isEmpty()) {
            return CheckResult.notWorking(trouble);
        }
        if (System.nanoTime() - lastTurnNanos > SILENCE.toNanos()) {
            return CheckResult.notWorking("Kafka was not asked for " + SILENCE.toSeconds() + " s");
        }
        String detail = activeReports + " reports in hand";
        return CheckResult.working(
                parkedReports == 0 ? detail : detail + ", " + parkedReports + " parked: " + parkedReasons);
    }

    /** Reports in hand that go on. */
    int activeReports() {
        return activeReports;
    }

    /** Reports that wait for their connection. */
    int parkedReports() {
        return parkedReports;
    }

    @Override
    public void close() {
        stopping.countDown();
        Consumer<byte[], byte[]> consumer = current;
        if (consumer != null) {
            consumer.wakeup();
        }
        try {
            if (thread.getState() != Thread.State.NEW) {
                thread.join(settings.handOver().multipliedBy(2).plusSeconds(5));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            while (stopping.getCount() > 0) {
                followOnce();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void followOnce() throws InterruptedException {
        try (Following following = new Following(consumers.get())) {
            following.run();
        } catch (WakeupException | InterruptException e) {
            LOGGER.debug("stopped following reports");
        } catch (RuntimeException e) {
            trouble = e.getClass().getSimpleName() + ": " + e.getMessage();
            LOGGER.atError()
                    .addKeyValue(LogKeys.TOPIC, TOPIC)
                    .setCause(e)
                    .log("following reports was interrupted and is begun again");
            stopping.await(PAUSE_AFTER_TROUBLE.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /** One consumer from its subscription to its end. */
    private final class Following implements AutoCloseable, ConsumerRebalanceListener {

        private final Consumer<byte[], byte[]> consumer;

        Following(Consumer<byte[], byte[]> consumer) {
            this.consumer = consumer;
            current = consumer;
        }

        void run() {
            consumer.subscribe(List.of(TOPIC), this);
            while (stopping.getCount() > 0) {
                takeArrivals();
                resumeParked();
                commit();
                pauseAndResume();
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    take(record);
                }
                trouble = "";
                lastTurnNanos = System.nanoTime();
            }
        }

        private void pauseAndResume() {
            for (PartitionWork work : assigned.values()) {
                boolean full = work.published().isEmpty()
                        || work.active() >= settings.maxPending()
                        || work.waiting() >= settings.maxParked();
                if (full) {
                    consumer.pause(List.of(work.partition()));
                } else {
                    consumer.resume(List.of(work.partition()));
                }
            }
            activeReports =
                    assigned.values().stream().mapToInt(PartitionWork::active).sum();
            parkedReports =
                    assigned.values().stream().mapToInt(PartitionWork::waiting).sum();
        }

        private void commit() {
            Map<TopicPartition, OffsetAndMetadata> done = toCommit(assigned.values());
            if (!done.isEmpty()) {
                consumer.commitAsync(done, (committed, fault) -> {
                    if (fault != null) {
                        LOGGER.atWarn()
                                .addKeyValue(LogKeys.TOPIC, TOPIC)
                                .addKeyValue(LogKeys.REASON, fault.getMessage())
                                .log("committing offsets did not succeed and is done again");
                        committed.keySet().stream()
                                .map(assigned::get)
                                .filter(work -> work != null)
                                .forEach(work -> work.offsets().forgetTold());
                    }
                });
            }
        }

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            for (TopicPartition partition : partitions) {
                PartitionWork work = new PartitionWork(partition);
                assigned.put(partition, work);
                restore(work, consumer.partitionsFor(TOPIC).size());
            }
            consumer.pause(partitions);
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            handOver(partitions, true);
        }

        @Override
        public void onPartitionsLost(Collection<TopicPartition> partitions) {
            handOver(partitions, false);
        }

        /** Ends work on partitions: nothing begins any more, what is in flight may end, what is done is committed. */
        private void handOver(Collection<TopicPartition> partitions, boolean stillOurs) {
            Map<TopicPartition, PartitionWork> leaving = new HashMap<>();
            for (TopicPartition partition : partitions) {
                PartitionWork work = assigned.get(partition);
                if (work != null) {
                    work.lease().giveUp();
                    leaving.put(partition, work);
                }
            }
            if (stillOurs) {
                leaving.values().forEach(work -> {
                    if (!work.lease().awaitQuiet(settings.handOver())) {
                        LOGGER.atWarn()
                                .addKeyValue(LogKeys.PARTITION, work.partition().partition())
                                .log("a partition is handed over while a report is still being published");
                    }
                });
                takeArrivals();
                Map<TopicPartition, OffsetAndMetadata> done = toCommit(leaving.values());
                if (!done.isEmpty()) {
                    consumer.commitSync(done, settings.handOver());
                }
            }
            leaving.values().forEach(PartitionWork::cancel);
            assigned.keySet().removeAll(leaving.keySet());
        }

        @Override
        public void close() {
            current = null;
            try {
                handOver(List.copyOf(assigned.keySet()), true);
            } catch (KafkaException e) {
                LOGGER.atWarn()
                        .addKeyValue(LogKeys.REASON, e.getMessage())
                        .log("the last offsets were not committed; their reports will be looked at again");
            } finally {
                assigned.clear();
                arrivals.clear();
                consumer.close(CloseOptions.timeout(settings.handOver()));
            }
        }
    }

    private static Map<TopicPartition, OffsetAndMetadata> toCommit(Collection<PartitionWork> works) {
        Map<TopicPartition, OffsetAndMetadata> done = new HashMap<>();
        for (PartitionWork work : works) {
            OptionalLong offset = work.offsets().toCommit();
            if (offset.isPresent()) {
                done.put(work.partition(), new OffsetAndMetadata(offset.getAsLong()));
            }
        }
        return done;
    }

    private void restore(PartitionWork work, int partitions) {
        RetryPolicy<Object> policy = policies.kafkaAway();
        Failsafe.with(policy)
                .with(pool)
                .getAsync(() -> log.restore(work.partition().partition(), partitions))
                .whenComplete((publications, fault) -> arrivals.add(() -> {
                    if (fault == null) {
                        work.restored(publications);
                    } else if (work.lease().isHeld()) {
                        throw new IllegalStateException("restoring " + work.partition(), fault);
                    }
                }));
    }

    private void takeArrivals() {
        for (Runnable arrival = arrivals.poll(); arrival != null; arrival = arrivals.poll()) {
            arrival.run();
        }
    }

    private void take(ConsumerRecord<byte[], byte[]> record) {
        PartitionWork work = assigned.get(new TopicPartition(record.topic(), record.partition()));
        if (work == null) {
            return;
        }
        work.offsets().begin(record.offset());
        if (record.key() != null && record.value() == null) {
            work.offsets().finish(record.offset());
            return;
        }
        PullRequestKey key;
        try {
            key = PullRequestKey.parse(
                    new String(record.key() == null ? new byte[0] : record.key(), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            setAside(work, record, new SerializationException("reading the key of a report", e));
            return;
        }
        work.add(new ReportRecord(key, record)).ifPresent(next -> begin(work, next));
    }

    private void setAside(PartitionWork work, ConsumerRecord<byte[], byte[]> record, RuntimeException cause) {
        Failsafe.with(policies.kafkaAway())
                .with(pool)
                .runAsync(() -> log.setAside(record, cause))
                .whenComplete((nothing, fault) -> arrivals.add(() -> {
                    if (fault == null) {
                        work.offsets().finish(record.offset());
                    }
                }));
    }

    private void begin(PartitionWork work, ReportRecord report) {
        Map<PullRequestKey, Publication> published = work.published().orElseThrow();
        CompletableFuture<Attempt> attempt = Failsafe.with(policies.all())
                .with(pool)
                .getAsync(() -> worker.attempt(report, work.lease(), published));
        work.started(report.key(), attempt);
        attempt.whenComplete((end, fault) -> arrivals.add(() -> {
            if (fault == null) {
                ended(work, report, end);
            } else if (!(fault instanceof CancellationException)) {
                giveUp(
                        work,
                        report,
                        fault instanceof CompletionException && fault.getCause() != null ? fault.getCause() : fault);
            }
        }));
    }

    private void ended(PartitionWork work, ReportRecord report, Attempt end) {
        switch (end) {
            case Attempt.Done done -> work.done(report).ifPresent(next -> beginIfHeld(work, next));
            case Attempt.HandedOver handedOver -> {}
            case Attempt.Parked parked -> {
                LOGGER.atWarn()
                        .addKeyValue(LogKeys.PULL_REQUEST, report.key().text())
                        .addKeyValue(LogKeys.CONNECTION, parked.connection().value())
                        .addKeyValue(LogKeys.REASON, parked.reason())
                        .log("parked a report");
                work.park(report, parked, System.nanoTime());
            }
        }
    }

    private void beginIfHeld(PartitionWork work, ReportRecord next) {
        if (work.lease().isHeld()) {
            begin(work, next);
        }
    }

    private void giveUp(PartitionWork work, ReportRecord report, Throwable cause) {
        LOGGER.atError()
                .addKeyValue(LogKeys.PULL_REQUEST, report.key().text())
                .addKeyValue(LogKeys.OFFSET, report.record().offset())
                .addKeyValue(LogKeys.REASON, cause.getMessage())
                .log("gave a report up and set it aside");
        CompletableFuture<Void> settingAside = Failsafe.with(policies.kafkaAway())
                .with(pool)
                .runAsync(() -> worker.giveUp(
                        report, cause, work.lease(), work.published().orElseThrow()));
        work.started(report.key(), settingAside);
        settingAside.whenComplete((nothing, fault) -> arrivals.add(() -> {
            if (fault == null && work.lease().isHeld()) {
                work.done(report).ifPresent(next -> beginIfHeld(work, next));
            } else if (fault != null && !(fault instanceof CancellationException)) {
                throw new IllegalStateException("setting a report aside", fault);
            }
        }));
    }

    private void resumeParked() {
        long now = System.nanoTime();
        if (now - lastParkedCheckNanos < BETWEEN_PARKED_CHECKS.toNanos()) {
            return;
        }
        lastParkedCheckNanos = now;
        TreeSet<String> reasons = new TreeSet<>();
        for (PartitionWork work : assigned.values()) {
            for (ParkedReport parked : work.parked()) {
                boolean due = now - parked.sinceNanos() > settings.parkedProbe().toNanos();
                if (due || worker.mayResume(parked.why())) {
                    work.unpark(parked);
                    begin(work, parked.work());
                } else {
                    reasons.add(parked.why().connection().value() + ": "
                            + parked.why().reason());
                }
            }
        }
        parkedReasons = String.join("; ", reasons);
    }
}
