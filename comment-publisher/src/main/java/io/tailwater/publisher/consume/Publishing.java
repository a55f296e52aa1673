package io.tailwater.publisher.consume;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.kafka.KafkaClientMetrics;
import io.tailwater.connections.ConnectionLookup;
import io.tailwater.publisher.publish.BitbucketAccess;
import io.tailwater.publisher.publish.CommentPublisher;
import io.tailwater.publisher.publish.Planner;
import io.tailwater.publisher.publish.RetryPolicies;
import io.tailwater.schemas.serde.TopicSerdes;
import io.tailwater.schemas.topic.ConnectionId;
import io.tailwater.schemas.topic.Topics;
import io.tailwater.service.CheckResult;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** The running publisher: consumer, pool and record of publications, started and stopped together. */
public final class Publishing implements AutoCloseable {

    private final ScheduledThreadPoolExecutor pool;
    private final PublicationLog log;
    private final ReportConsumer consumer;

    private Publishing(ScheduledThreadPoolExecutor pool, PublicationLog log, ReportConsumer consumer) {
        this.pool = pool;
        this.log = log;
        this.consumer = consumer;
    }

    /**
     * What the publisher works with.
     *
     * @param planner decides what a report asks for
     * @param publisher makes it so
     * @param bitbucket opens pull requests
     * @param connections looks a connection up, from any thread, without waiting
     * @param policies what is tried again, and when
     */
    public record Parts(
            Planner planner,
            CommentPublisher publisher,
            BitbucketAccess bitbucket,
            Function<ConnectionId, ConnectionLookup> connections,
            RetryPolicies policies) {}

    /**
     * Starts to consume.
     *
     * @param clientProperties properties of Kafka's clients and of the serializers
     */
    public static Publishing start(
            Map<String, Object> clientProperties, ConsumeSettings settings, Parts parts, MeterRegistry meters) {
        TopicSerdes serdes = TopicSerdes.of(clientProperties);
        PublicationLog log = new PublicationLog(clientProperties, serdes, Duration.ofSeconds(30));
        ScheduledThreadPoolExecutor pool = new ScheduledThreadPoolExecutor(
                settings.parallelism(),
                Thread.ofPlatform().name("publisher-", 0).daemon().factory());
        pool.setRemoveOnCancelPolicy(true);
        ReportWorker worker = new ReportWorker(
                serdes.value(Topics.IMPACT_REPORTS).deserializer(),
                parts.planner(),
                parts.publisher(),
                parts.bitbucket(),
                parts.connections(),
                log,
                meters);
        ReportConsumer consumer = new ReportConsumer(
                () -> consumer(clientProperties, settings, meters), settings, worker, log, parts.policies(), pool);
        meters.gauge("tailwater.publisher.reports.active", consumer, ReportConsumer::activeReports);
        meters.gauge("tailwater.publisher.reports.parked", consumer, ReportConsumer::parkedReports);
        consumer.start();
        return new Publishing(pool, log, consumer);
    }

    private static Consumer<byte[], byte[]> consumer(
            Map<String, Object> clientProperties, ConsumeSettings settings, MeterRegistry meters) {
        Map<String, Object> properties = new TreeMap<>(clientProperties);
        properties.put("group.id", settings.group());
        properties.put("client.id", "publisher-reports");
        properties.put("enable.auto.commit", false);
        properties.put("auto.offset.reset", "earliest");
        properties.put("isolation.level", "read_committed");
        properties.put("allow.auto.create.topics", false);
        properties.put("max.poll.records", settings.maxPending());
        properties.putIfAbsent("session.timeout.ms", 10_000);
        properties.put("partition.assignment.strategy", CooperativeStickyAssignor.class.getName());
        KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        new KafkaClientMetrics(consumer).bindTo(meters);
        return consumer;
    }

    /** Whether reports are followed. */
    public CheckResult check() {
        return consumer.check();
    }

    /** Ends what is in flight within the time of the settings, commits what is done, and stops. */
    @Override
    public void close() {
        consumer.close();
        pool.shutdownNow();
        log.close();
    }
}
