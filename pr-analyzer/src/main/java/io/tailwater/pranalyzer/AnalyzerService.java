package io.tailwater.pranalyzer;

import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import io.tailwater.connections.ConnectionStore;
import io.tailwater.connections.SealException;
import io.tailwater.connections.SealingKey;
import io.tailwater.lineage.project.ExtractionCache;
import io.tailwater.pranalyzer.cache.DiskCache;
import io.tailwater.pranalyzer.cache.WorkCache;
import io.tailwater.pranalyzer.git.GitHost;
import io.tailwater.pranalyzer.git.GitLimits;
import io.tailwater.pranalyzer.git.GitMirrors;
import io.tailwater.pranalyzer.impact.GitBaselineAnalysis;
import io.tailwater.pranalyzer.impact.GitPullRequestAnalysis;
import io.tailwater.pranalyzer.impact.LineageEngine;
import io.tailwater.pranalyzer.impact.LineageWorkspaceImpacts;
import io.tailwater.pranalyzer.topology.AnalyzerTopology;
import io.tailwater.pranalyzer.topology.RecordSerdes;
import io.tailwater.pranalyzer.topology.TopologyParts;
import io.tailwater.pranalyzer.work.WorkPool;
import io.tailwater.schemas.serde.TopicSerdes;
import io.tailwater.schemas.topic.RecordKey;
import io.tailwater.schemas.topic.Topic;
import io.tailwater.service.AdminServer;
import io.tailwater.service.CheckResult;
import io.tailwater.service.HealthCheck;
import io.tailwater.service.Metrics;
import io.tailwater.service.Service;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serde;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The analyzer, running: Kafka Streams, the pool that works beside it, and what both need. */
public final class AnalyzerService implements Service {

    private static final Logger LOG = LoggerFactory.getLogger(AnalyzerService.class);
    private static final int CACHED_EXTRACTIONS = 50_000;

    private final Map<String, HealthCheck> checks;
    private final URI adminAddress;
    private final AnalyzerMeters meters;
    private final Deque<AutoCloseable> parts;

    private AnalyzerService(
            Map<String, HealthCheck> checks, URI adminAddress, AnalyzerMeters meters, Deque<AutoCloseable> parts) {
        this.checks = checks;
        this.adminAddress = adminAddress;
        this.meters = meters;
        this.parts = parts;
    }

    /**
     * Starts an analyzer; returns at once. Kafka, the schema registry and the topics may come later: until then
     * {@link #ready} says what it waits for. Several analyzers with one application id share the work, each with a data
     * folder of its own.
     *
     * @param config what it is to do
     * @throws SealException when the sealing key is missing or unusable
     * @throws IllegalArgumentException naming the setting, when one cannot be used
     * @throws RuntimeException naming the address, when the admin listener cannot be bound
     */
    public static AnalyzerService start(AnalyzerConfig config) {
        Deque<AutoCloseable> parts = new ArrayDeque<>();
        try {
            return start(config, parts);
        } catch (RuntimeException e) {
            closeAll(parts);
            throw e;
        }
    }

    private static AnalyzerService start(AnalyzerConfig config, Deque<AutoCloseable> parts) {
        SealingKey key = SealingKey.from(config.connections());
        Metrics metrics = opened(parts, Metrics.forService("analyzer"));
        ConnectionStore store =
                opened(parts, ConnectionStore.follow(config.kafka().clientProperties(), key));
        ConnectionTokens tokens = new ConnectionTokens(store::lookup);
        ExecutorService threads = Executors.newFixedThreadPool(
                config.workers(),
                Thread.ofPlatform().daemon().name("analysis-", 0).factory());
        // what is being done is done again elsewhere, so nothing is waited for; an interrupt would only tear files
        parts.push(threads::shutdown);
        WorkPool pool = new WorkPool(threads, config.workers());
        AnalyzerMeters meters = new AnalyzerMeters(metrics.registry(), pool);
        GitLimits limits = config.mirrors().limits();
        GitMirrors mirrors = new GitMirrors(
                config.dataFolder().resolve("mirrors"), new GitHost(config.gitUrl()), limits, Clock.systemUTC());
        LineageEngine lineage = new LineageEngine(
                ExtractionCache.inMemory(CACHED_EXTRACTIONS),
                kept(config, limits),
                () -> TimeLimit.startingNow(config.timeLimit()));
        StreamsRunner runner = opened(
                parts,
                new StreamsRunner(
                        config,
                        AnalyzerTopology.build(new TopologyParts(
                                serdes(TopicSerdes.of(config.kafka().clientProperties())),
                                pool,
                                new GitPullRequestAnalysis(mirrors, tokens::lookup, lineage),
                                new GitBaselineAnalysis(mirrors, tokens::lookup, lineage),
                                new LineageWorkspaceImpacts(),
                                tokens::fingerprint,
                                meters,
                                config.topology()))));
        KafkaStreamsMetrics kafkaMetrics = opened(parts, new KafkaStreamsMetrics(runner.streams()));
        kafkaMetrics.bindTo(metrics.registry());
        Map<String, HealthCheck> checks = new LinkedHashMap<>();
        checks.put("streams", runner::check);
        checks.put("connections", store::check);
        checks.put("work", () -> work(meters));
        AdminServer admin = opened(
                parts, AdminServer.start(config.admin().host(), config.admin().port(), checks, metrics));
        runner.start();
        LOG.atInfo().addKeyValue("admin", admin.address()).log("the analyzer starts");
        return new AnalyzerService(checks, admin.address(), meters, parts);
    }

    private static WorkCache kept(AnalyzerConfig config, GitLimits limits) {
        long bytes = config.cacheBytes().bytes();
        return bytes == 0
                ? WorkCache.none()
                : WorkCache.on(
                        new DiskCache(config.dataFolder().resolve("results"), bytes, Clock.systemUTC()),
                        limits.blobBytes());
    }

    @Override
    public String name() {
        return "analyzer";
    }

    @Override
    public CheckResult ready() {
        Map<String, CheckResult> notWorking = new LinkedHashMap<>();
        checks.forEach((name, check) -> {
            CheckResult result = check.check();
            if (!result.isWorking()) {
                notWorking.put(name, result);
            }
        });
        return notWorking.isEmpty()
                ? CheckResult.working()
                : CheckResult.notWorking(notWorking.entrySet().stream()
                        .map(entry -> entry.getKey() + ": " + entry.getValue().detail())
                        .collect(Collectors.joining("; ")));
    }

    /** Pieces of work of this instance that are not finished, those waiting for a token included. */
    public int openWork() {
        return meters.open();
    }

    /** Pieces of work of this instance that wait for a token. */
    public int parkedWork() {
        return meters.parked();
    }

    @Override
    public Optional<URI> address() {
        return Optional.empty();
    }

    @Override
    public Optional<URI> adminAddress() {
        return Optional.of(adminAddress);
    }

    @Override
    public void close() {
        closeAll(parts);
    }

    /** Parked work is no fault of this instance: it is said, and the instance is ready all the same. */
    private static CheckResult work(AnalyzerMeters meters) {
        return CheckResult.working(meters.open() + " open, " + meters.parked() + " waiting for a token");
    }

    private static RecordSerdes serdes(TopicSerdes serdes) {
        return new RecordSerdes() {
            @Override
            public <K extends RecordKey> Serde<K> key(Topic<K, ?> topic) {
                return serdes.key(topic);
            }

            @Override
            public <V extends SpecificRecord> Serde<V> value(Topic<?, V> topic) {
                return serdes.value(topic);
            }
        };
    }

    /** Notes a part, so that it is closed before those opened earlier. */
    private static <P extends AutoCloseable> P opened(Deque<AutoCloseable> parts, P part) {
        parts.push(part);
        return part;
    }

    private static synchronized void closeAll(Deque<AutoCloseable> parts) {
        while (!parts.isEmpty()) {
            AutoCloseable part = parts.pop();
            try {
                part.close();
            } catch (Exception e) {
                LOG.atError()
                        .addKeyValue("part", part.getClass().getSimpleName())
                        .setCause(e)
                        .log("closing a part went wrong");
            }
        }
    }
}
