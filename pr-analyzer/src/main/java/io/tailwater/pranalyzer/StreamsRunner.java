package io.tailwater.pranalyzer;

import io.tailwater.pranalyzer.topology.AnalyzerTopology;
import io.tailwater.schemas.topic.Topic;
import io.tailwater.schemas.topic.Topics;
import io.tailwater.service.CheckResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Metric;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Kafka Streams' life: waits for the topics, runs, replaces threads that die, leaves the group when stopped. */
final class StreamsRunner implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(StreamsRunner.class);
    private static final Duration LOOK_FOR_TOPICS = Duration.ofSeconds(1);
    private static final Duration PAUSE_AFTER_TROUBLE = Duration.ofSeconds(1);
    private static final Duration CLOSING = Duration.ofSeconds(20);

    private final KafkaStreams streams;
    private final Map<String, Object> clientProperties;
    private final Thread starter;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private volatile String waitingFor = "not started";

    StreamsRunner(AnalyzerConfig config, Topology topology) {
        this.clientProperties = config.kafka().clientProperties();
        Properties properties = new Properties();
        properties.putAll(settings(config));
        this.streams = new KafkaStreams(topology, properties);
        this.streams.setUncaughtExceptionHandler(this::onDeath);
        this.starter = Thread.ofPlatform().name("analyzer-start").daemon().unstarted(this::startWhenTopicsAreThere);
    }

    void start() {
        starter.start();
    }

    KafkaStreams streams() {
        return streams;
    }

    CheckResult check() {
        if (!waitingFor.isEmpty()) {
            return CheckResult.notWorking(waitingFor);
        }
        KafkaStreams.State state = streams.state();
        return state == KafkaStreams.State.RUNNING
                ? CheckResult.working("running, at most " + lag() + " records behind in a partition")
                : CheckResult.notWorking("Kafka Streams is " + state);
    }

    @Override
    public void close() {
        stopping.countDown();
        streams.close(CloseOptions.timeout(CLOSING)
                .withGroupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP));
    }

    static Map<String, Object> settings(AnalyzerConfig config) {
        Map<String, Object> settings = new HashMap<>(config.kafka().clientProperties());
        settings.putAll(AnalyzerTopology.requiredSettings());
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, config.applicationId());
        settings.put(
                StreamsConfig.STATE_DIR_CONFIG,
                config.dataFolder().resolve("streams").toString());
        settings.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, config.threads());
        settings.put(StreamsConfig.GROUP_PROTOCOL_CONFIG, config.groupProtocol());
        settings.put(StreamsConfig.consumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "earliest");
        settings.put(StreamsConfig.producerPrefix(ProducerConfig.COMPRESSION_TYPE_CONFIG), "zstd");
        // the size is checked before compression; reports are kept below the brokers' limit by themselves
        settings.put(StreamsConfig.producerPrefix(ProducerConfig.MAX_REQUEST_SIZE_CONFIG), 4 * 1024 * 1024);
        if (config.groupProtocol().equals("classic")) {
            settings.put(StreamsConfig.consumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG), 10_000);
            settings.put(StreamsConfig.consumerPrefix(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG), 2_000);
        }
        return settings;
    }

    private StreamThreadExceptionResponse onDeath(Throwable cause) {
        LOG.error("A stream thread died and is replaced; its work is done again", cause);
        try {
            // a fault that lasts must not become a busy loop
            stopping.await(PAUSE_AFTER_TROUBLE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return StreamThreadExceptionResponse.REPLACE_THREAD;
    }

    private void startWhenTopicsAreThere() {
        try (Admin admin = Admin.create(clientProperties)) {
            while (stopping.getCount() > 0) {
                List<String> missing = missingTopics(admin);
                if (missing.isEmpty()) {
                    streams.start();
                    waitingFor = "";
                    return;
                }
                stopping.await(LOOK_FOR_TOPICS.toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            waitingFor = "starting Kafka Streams went wrong: " + e.getMessage();
            LOG.error("Starting Kafka Streams", e);
        }
    }

    private List<String> missingTopics(Admin admin) throws InterruptedException {
        try {
            Set<String> present = admin.listTopics().names().get(10, TimeUnit.SECONDS);
            List<String> missing = new ArrayList<>();
            for (Topic<?, ?> topic : Topics.ALL) {
                for (String name : List.of(topic.name(), topic.deadLetters())) {
                    if (!present.contains(name)) {
                        missing.add(name);
                    }
                }
            }
            waitingFor = missing.isEmpty() ? "starting" : "waiting for topics to be created: " + missing;
            return missing;
        } catch (ExecutionException | java.util.concurrent.TimeoutException | KafkaException e) {
            waitingFor = "Kafka does not answer: " + e.getMessage();
            return List.of("all");
        }
    }

    private long lag() {
        double most = 0;
        for (Metric metric : streams.metrics().values()) {
            if (metric.metricName().name().equals("records-lag-max")
                    && metric.metricValue() instanceof Double lag
                    && !lag.isNaN()) {
                most = Math.max(most, lag);
            }
        }
        return (long) most;
    }
}
