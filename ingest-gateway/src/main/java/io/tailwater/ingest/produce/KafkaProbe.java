package io.tailwater.ingest.produce;

import io.tailwater.schemas.topic.Topics;
import io.tailwater.service.CheckResult;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartitionInfo;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks Kafka every few seconds whether the topic of deliveries is there and has leaders, so that readiness is known
 * without a delivery and comes back without one.
 */
public final class KafkaProbe implements AutoCloseable {

    private static final Logger LOGGER = LoggerFactory.getLogger(KafkaProbe.class);
    private static final String TOPIC = Topics.BITBUCKET_WEBHOOKS.name();
    private static final Duration PERIOD = Duration.ofSeconds(2);
    private static final int TIMEOUT_MILLISECONDS = 2_000;

    private final Admin admin;
    private final ScheduledExecutorService thread;

    private volatile CheckResult latest = CheckResult.notWorking("Kafka has not answered yet");

    private KafkaProbe(Admin admin) {
        this.admin = admin;
        this.thread = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("kafka-probe").daemon().factory());
    }

    /** A probe that has begun to ask. */
    public static KafkaProbe start(Map<String, Object> clientProperties) {
        Map<String, Object> properties = new TreeMap<>(clientProperties);
        properties.put("client.id", "gateway-probe");
        properties.put("request.timeout.ms", TIMEOUT_MILLISECONDS);
        properties.put("default.api.timeout.ms", TIMEOUT_MILLISECONDS);
        KafkaProbe probe = new KafkaProbe(Admin.create(properties));
        probe.thread.scheduleWithFixedDelay(probe::ask, 0, PERIOD.toMillis(), TimeUnit.MILLISECONDS);
        return probe;
    }

    /** How it stood when last asked. */
    public CheckResult check() {
        return latest;
    }

    private void ask() {
        CheckResult now;
        try {
            now = judge(
                    admin.describeTopics(List.of(TOPIC)).allTopicNames().get().values());
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            now = CheckResult.notWorking(cause.getClass().getSimpleName() + ": " + cause.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        } catch (RuntimeException e) {
            now = CheckResult.notWorking(e.getClass().getSimpleName() + ": " + e.getMessage());
        }
        if (now.isWorking() != latest.isWorking()) {
            LOGGER.atInfo()
                    .addKeyValue("working", now.isWorking())
                    .addKeyValue("detail", now.detail())
                    .log("Kafka's state changed");
        }
        latest = now;
    }

    private static CheckResult judge(Collection<TopicDescription> topics) {
        List<TopicPartitionInfo> partitions =
                topics.stream().flatMap(topic -> topic.partitions().stream()).toList();
        long leaderless = partitions.stream()
                .filter(partition -> partition.leader() == null)
                .count();
        return leaderless == 0
                ? CheckResult.working(TOPIC + " has " + partitions.size() + " partitions")
                : CheckResult.notWorking(leaderless + " partitions of " + TOPIC + " have no leader");
    }

    @Override
    public void close() {
        thread.shutdownNow();
        admin.close(Duration.ofSeconds(1));
    }
}
