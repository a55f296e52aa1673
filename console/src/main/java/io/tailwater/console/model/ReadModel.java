package io.tailwater.console.model;

import io.tailwater.schemas.serde.TopicSerdes;
import io.tailwater.schemas.topic.Topics;
import io.tailwater.service.CheckResult;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the read model current from the topics, on a thread of its own. What was taken in stays in the database, so a restart
 * goes on where it stopped; an empty database is filled from the beginning.
 */
public final class ReadModel implements AutoCloseable {

    private static final Logger LOGGER = LoggerFactory.getLogger(ReadModel.class);
    private static final Duration POLL = Duration.ofMillis(300);
    private static final Duration PAUSE_AFTER_TROUBLE = Duration.ofSeconds(1);
    private static final Duration CLOSING = Duration.ofSeconds(5);

    /** How far back arrivals are looked for when the model is empty; deliveries are the largest topic by far. */
    private static final Duration ARRIVALS = Duration.ofDays(7);

    private final Map<String, Object> clientProperties;
    private final Database database;
    private final Projection projection;
    private final InstantSource clock;
    private final Thread thread;
    private final CountDownLatch caughtUp = new CountDownLatch(1);
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Object news = new Object();

    private volatile @Nullable Consumer<byte[], byte[]> current;
    private volatile String trouble = "";

    private ReadModel(Map<String, Object> clientProperties, Database database, InstantSource clock) {
        this.clock = clock;
        this.clientProperties = new TreeMap<>(clientProperties);
        this.database = database;
        this.projection = new Projection(database.jdbi(), TopicSerdes.of(clientProperties));
        this.thread = Thread.ofPlatform().name("read-model").daemon().unstarted(this::run);
    }

    /**
     * A model that has begun to read.
     *
     * @param clientProperties properties of Kafka's clients and of the serializers
     * @param database where its rows are; closed with the model
     * @param clock for how far back an empty model looks
     */
    public static ReadModel follow(Map<String, Object> clientProperties, Database database, InstantSource clock) {
        ReadModel model = new ReadModel(clientProperties, database, clock);
        model.thread.start();
        return model;
    }

    /** Questions about pull requests and reports. */
    public PullRequests pullRequests() {
        return new PullRequests(database.jdbi());
    }

    /** Questions about connections. */
    public Connections connections() {
        return new Connections(database.jdbi());
    }

    /** Questions about dead letters and activities. */
    public Records records() {
        return new Records(database.jdbi());
    }

    /** Works once everything there was at the start has been taken in, and while records come in. */
    public CheckResult check() {
        if (!trouble.isEmpty()) {
            return CheckResult.notWorking(trouble);
        }
        return caughtUp.getCount() > 0 ? CheckResult.notWorking("still reading the topics") : CheckResult.working();
    }

    /**
     * Waits until everything there was at the start has been taken in.
     *
     * @return whether that happened within the time
     */
    public boolean awaitCaughtUp(Duration atMost) throws InterruptedException {
        return caughtUp.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
    }

    /**
     * Waits until something holds that depends on the rows.
     *
     * @return whether it does within the time
     */
    public boolean await(BooleanSupplier wanted, Duration atMost) throws InterruptedException {
        long end = System.nanoTime() + atMost.toNanos();
        synchronized (news) {
            while (!wanted.getAsBoolean()) {
                long left = (end - System.nanoTime()) / 1_000_000;
                if (left <= 0) {
                    return false;
                }
                news.wait(Math.min(left, 1_000));
            }
            return true;
        }
    }

    @Override
    public void close() {
        stopping.countDown();
        Consumer<byte[], byte[]> consumer = current;
        if (consumer != null) {
            consumer.wakeup();
        }
        try {
            thread.join(CLOSING);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        database.close();
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
        Map<String, Object> properties = new TreeMap<>(clientProperties);
        properties.put("enable.auto.commit", false);
        properties.put("allow.auto.create.topics", false);
        properties.put("isolation.level", "read_committed");
        properties.put("auto.offset.reset", "earliest");
        properties.put("client.id", "read-model");
        properties.remove("group.id");
        try (Consumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            current = consumer;
            follow(consumer);
            consumer.close(CloseOptions.timeout(CLOSING));
        } catch (WakeupException | InterruptException e) {
            LOGGER.debug("stopped reading for the read model");
        } catch (KafkaException | JdbiException e) {
            trouble = e.getClass().getSimpleName() + ": " + e.getMessage();
            LOGGER.atWarn().addKeyValue("reason", trouble).log("filling the read model was interrupted and goes on");
            stopping.await(PAUSE_AFTER_TROUBLE.toMillis(), TimeUnit.MILLISECONDS);
        } finally {
            current = null;
        }
    }

    private void follow(Consumer<byte[], byte[]> consumer) throws InterruptedException {
        projection.prepare(clusterId());
        List<TopicPartition> partitions = partitions(consumer);
        consumer.assign(partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        seek(consumer, partitions, ends);
        boolean atEnd = false;
        while (stopping.getCount() > 0) {
            ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
            projection.take(records);
            trouble = "";
            if (!atEnd && ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue())) {
                atEnd = true;
                caughtUp.countDown();
            }
            if (!records.isEmpty()) {
                synchronized (news) {
                    news.notifyAll();
                }
            }
        }
    }

    private String clusterId() throws InterruptedException {
        try (Admin admin = Admin.create(clientProperties)) {
            return admin.describeCluster().clusterId().get();
        } catch (ExecutionException e) {
            throw new KafkaException("asking the cluster for its id", e.getCause());
        }
    }

    private List<TopicPartition> partitions(Consumer<byte[], byte[]> consumer) {
        Map<String, List<PartitionInfo>> known = consumer.listTopics();
        List<TopicPartition> partitions = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        for (String topic : projection.topics()) {
            if (known.containsKey(topic)) {
                known.get(topic).forEach(found -> partitions.add(new TopicPartition(topic, found.partition())));
            } else {
                missing.add(topic);
            }
        }
        if (!missing.isEmpty()) {
            throw new KafkaException("there is no topic " + String.join(", ", missing));
        }
        return partitions;
    }

    private void seek(
            Consumer<byte[], byte[]> consumer, List<TopicPartition> partitions, Map<TopicPartition, Long> ends) {
        Map<TopicPartition, Long> byTime = new HashMap<>();
        for (TopicPartition partition : partitions) {
            long end = ends.getOrDefault(partition, 0L);
            long position = projection.position(partition).orElse(-1L);
            if (position >= 0 && position <= end) {
                consumer.seek(partition, position);
            } else if (position < 0 && partition.topic().equals(Topics.BITBUCKET_WEBHOOKS.name())) {
                byTime.put(partition, clock.instant().minus(ARRIVALS).toEpochMilli());
            } else if (position > end) {
                projection.clear();
                throw new KafkaException(
                        "records of " + partition + " that were read are gone; the read model is built anew");
            } else {
                consumer.seekToBeginning(List.of(partition));
            }
        }
        Map<TopicPartition, OffsetAndTimestamp> found = consumer.offsetsForTimes(byTime).entrySet().stream()
                .filter(entry -> entry.getValue() != null)
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        byTime.keySet().forEach(partition -> {
            OffsetAndTimestamp from = found.get(partition);
            consumer.seek(partition, from == null ? ends.getOrDefault(partition, 0L) : from.offset());
        });
    }
}
