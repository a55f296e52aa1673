package io.tailwater.pranalyzer.topology;

import static io.tailwater.schemas.topic.Topics.BITBUCKET_WEBHOOKS;
import static io.tailwater.schemas.topic.Topics.CHANGE_SETS;
import static io.tailwater.schemas.topic.Topics.IMPACT_REPORTS;
import static io.tailwater.schemas.topic.Topics.LINEAGE_ASSETS;
import static io.tailwater.schemas.topic.Topics.PULL_REQUEST_EVENTS;
import static io.tailwater.schemas.topic.Topics.REPOSITORY_EVENTS;

import io.tailwater.pranalyzer.state.Attempts;
import io.tailwater.pranalyzer.state.BaselineState;
import io.tailwater.pranalyzer.state.JsonSerde;
import io.tailwater.pranalyzer.state.KnownRepository;
import io.tailwater.pranalyzer.state.KnownTarget;
import io.tailwater.pranalyzer.state.PullRequestProgress;
import io.tailwater.schemas.topic.RecordKey;
import io.tailwater.schemas.topic.Topic;
import java.time.Duration;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.state.WindowBytesStoreSupplier;

/**
 * The path of a pull request: delivery, event, change set, report.
 *
 * <pre>
 * bitbucket-webhooks ─▶ normalise ─┬▶ pull-request-events ─▶ analyse ─▶ change-sets ───┐
 *                                  └▶ repository-events ─▶ baseline ─▶ lineage-assets ─┴▶ impact ─▶ impact-reports
 * </pre>
 *
 * The four parts meet only in topics, so each is spread over the instances by its own key.
 */
public final class AnalyzerTopology {

    private AnalyzerTopology() {}

    /** The topology; a pure function of its parts. */
    public static Topology build(TopologyParts parts) {
        Topology topology = new Topology();
        RecordSerdes serdes = parts.serdes();

        source(topology, serdes, Names.DELIVERIES, BITBUCKET_WEBHOOKS);
        topology.addProcessor(
                Names.NORMALISE,
                () -> new NormaliseProcessor(parts.meters(), parts.settings().duplicatesFor()),
                Names.DELIVERIES);
        topology.addStateStore(seen(parts), Names.NORMALISE);
        topology.addStateStore(
                store(parts, Names.REPOSITORIES_STORE, JsonSerde.of(KnownRepository.class)), Names.NORMALISE);
        topology.addStateStore(store(parts, Names.TARGETS_STORE, JsonSerde.of(KnownTarget.class)), Names.NORMALISE);
        sink(topology, serdes, Names.PULL_REQUEST_EVENTS_SINK, PULL_REQUEST_EVENTS, Names.NORMALISE);
        sink(topology, serdes, Names.REPOSITORY_EVENTS_SINK, REPOSITORY_EVENTS, Names.NORMALISE);

        source(topology, serdes, Names.PULL_REQUEST_EVENTS, PULL_REQUEST_EVENTS);
        topology.addProcessor(Names.ANALYSE, () -> new AnalysisProcessor(parts), Names.PULL_REQUEST_EVENTS);
        topology.addStateStore(
                store(parts, Names.PROGRESS_STORE, JsonSerde.of(PullRequestProgress.class)), Names.ANALYSE);
        topology.addStateStore(store(parts, Names.REQUESTS_STORE, serdes.value(PULL_REQUEST_EVENTS)), Names.ANALYSE);
        sink(topology, serdes, Names.CHANGE_SETS_SINK, CHANGE_SETS, Names.ANALYSE);
        deadLetters(topology, serdes, Names.PULL_REQUEST_DEAD_LETTERS_SINK, PULL_REQUEST_EVENTS, Names.ANALYSE);

        source(topology, serdes, Names.REPOSITORY_EVENTS, REPOSITORY_EVENTS);
        topology.addProcessor(Names.BASELINE, () -> new BaselineProcessor(parts), Names.REPOSITORY_EVENTS);
        topology.addStateStore(store(parts, Names.BASELINES_STORE, JsonSerde.of(BaselineState.class)), Names.BASELINE);
        topology.addStateStore(store(parts, Names.BASELINE_DATASETS_STORE, Serdes.String()), Names.BASELINE);
        topology.addStateStore(
                store(parts, Names.BASELINE_REQUESTS_STORE, serdes.value(REPOSITORY_EVENTS)), Names.BASELINE);
        topology.addStateStore(
                store(parts, Names.BASELINE_ATTEMPTS_STORE, JsonSerde.of(Attempts.class)), Names.BASELINE);
        topology.addSink(
                Names.LINEAGE_ASSETS_SINK,
                LINEAGE_ASSETS.name(),
                serdes.key(LINEAGE_ASSETS).serializer(),
                serdes.value(LINEAGE_ASSETS).serializer(),
                new WorkspacePartitioner<>(),
                Names.BASELINE);
        deadLetters(topology, serdes, Names.REPOSITORY_DEAD_LETTERS_SINK, REPOSITORY_EVENTS, Names.BASELINE);

        source(topology, serdes, Names.CHANGE_SETS, CHANGE_SETS);
        source(topology, serdes, Names.LINEAGE_ASSETS, LINEAGE_ASSETS);
        topology.addProcessor(
                Names.IMPACT, () -> new ImpactProcessor(parts.impacts()), Names.CHANGE_SETS, Names.LINEAGE_ASSETS);
        topology.addStateStore(store(parts, Names.GRAPH_STORE, serdes.value(LINEAGE_ASSETS)), Names.IMPACT);
        topology.addStateStore(store(parts, Names.READERS_STORE, Serdes.String()), Names.IMPACT);
        topology.addStateStore(store(parts, Names.WORKSPACE_REPOSITORIES_STORE, Serdes.String()), Names.IMPACT);
        sink(topology, serdes, Names.IMPACT_REPORTS_SINK, IMPACT_REPORTS, Names.IMPACT);
        return topology;
    }

    /** Settings of Kafka Streams without which the topology does not keep its promises. */
    public static Map<String, Object> requiredSettings() {
        return Map.of(
                StreamsConfig.PROCESSING_GUARANTEE_CONFIG,
                StreamsConfig.EXACTLY_ONCE_V2,
                StreamsConfig.DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG,
                DeadLetterHandlers.OnDeserialization.class,
                StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG,
                DeadLetterHandlers.OnProcessing.class,
                StreamsConfig.PROCESSING_EXCEPTION_HANDLER_GLOBAL_ENABLED_CONFIG,
                true,
                StreamsConfig.PRODUCTION_EXCEPTION_HANDLER_CLASS_CONFIG,
                DeadLetterHandlers.OnProduction.class);
    }

    private static <K extends RecordKey, V extends SpecificRecord> void source(
            Topology topology, RecordSerdes serdes, String name, Topic<K, V> topic) {
        topology.addSource(
                name, serdes.key(topic).deserializer(), serdes.value(topic).deserializer(), topic.name());
    }

    private static <K extends RecordKey, V extends SpecificRecord> void sink(
            Topology topology, RecordSerdes serdes, String name, Topic<K, V> topic, String parent) {
        topology.addSink(
                name,
                topic.name(),
                serdes.key(topic).serializer(),
                serdes.value(topic).serializer(),
                parent);
    }

    private static <K extends RecordKey, V extends SpecificRecord> void deadLetters(
            Topology topology, RecordSerdes serdes, String name, Topic<K, V> topic, String parent) {
        topology.addSink(
                name,
                topic.deadLetters(),
                serdes.key(topic).serializer(),
                serdes.value(topic).serializer(),
                parent);
    }

    private static <V> StoreBuilder<KeyValueStore<String, V>> store(TopologyParts parts, String name, Serde<V> values) {
        KeyValueBytesStoreSupplier where = parts.settings().storesInMemory()
                ? Stores.inMemoryKeyValueStore(name)
                : Stores.persistentKeyValueStore(name);
        return Stores.keyValueStoreBuilder(where, Serdes.String(), values).withLoggingEnabled(Map.of());
    }

    private static StoreBuilder<?> seen(TopologyParts parts) {
        Duration reach = parts.settings().duplicatesFor();
        WindowBytesStoreSupplier where = parts.settings().storesInMemory()
                ? Stores.inMemoryWindowStore(Names.SEEN_STORE, reach, reach, false)
                : Stores.persistentWindowStore(Names.SEEN_STORE, reach, reach, false);
        return Stores.windowStoreBuilder(where, Serdes.String(), Serdes.String())
                .withLoggingEnabled(Map.of());
    }
}
