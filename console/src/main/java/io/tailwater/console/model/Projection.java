package io.tailwater.console.model;

import io.tailwater.schemas.serde.SchemaRegistryUnavailableException;
import io.tailwater.schemas.serde.TopicSerdes;
import io.tailwater.schemas.topic.DatasetKey;
import io.tailwater.schemas.topic.RecordKey;
import io.tailwater.schemas.topic.Topic;
import io.tailwater.schemas.topic.Topics;
import io.tailwater.service.LogKeys;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns records into rows. Rows and position change in one transaction per partition, and the position is locked meanwhile, so
 * each record counts once, also where several gateways fill the same database.
 */
final class Projection {

    private static final Logger LOGGER = LoggerFactory.getLogger(Projection.class);

    /** Raised when rows are derived in another way, so that existing ones are derived again. */
    private static final String RULES = "1";

    private static final List<String> TABLES = List.of(
            "projection",
            "report",
            "publication",
            "pull_request",
            "connection",
            "arrival",
            "repository_assets",
            "dead_letter",
            "activity",
            "model_meaning");

    private final Jdbi jdbi;
    private final Map<String, Taker> takers = new HashMap<>();

    /** Takes a record whose key and value were read. */
    private interface TypedTaker<K, V> {
        void take(Handle rows, K key, @Nullable V value, ConsumerRecord<byte[], byte[]> record);
    }

    Projection(Jdbi jdbi, TopicSerdes serdes) {
        this.jdbi = jdbi;
        typed(
                serdes,
                Topics.PULL_REQUEST_EVENTS,
                (rows, key, event, record) -> PullRequestTakers.event(rows, key, event));
        typed(
                serdes,
                Topics.IMPACT_REPORTS,
                (rows, key, report, record) -> PullRequestTakers.report(rows, key, report));
        typed(
                serdes,
                Topics.PUBLICATIONS,
                (rows, key, publication, record) -> PullRequestTakers.publication(rows, key, publication));
        typed(
                serdes,
                Topics.CONNECTIONS,
                (rows, id, connection, record) -> OtherTakers.connection(rows, id, connection));
        typed(serdes, Topics.BITBUCKET_WEBHOOKS, (rows, key, delivery, record) -> OtherTakers.arrival(rows, delivery));
        typed(serdes, Topics.ACTIVITIES, (rows, id, activity, record) -> OtherTakers.activity(rows, activity));
        Deserializer<DatasetKey> datasets = serdes.key(Topics.LINEAGE_ASSETS).deserializer();
        takers.put(
                Topics.LINEAGE_ASSETS.name(),
                (rows, record) -> OtherTakers.asset(
                        rows, datasets.deserialize(record.topic(), record.key()), record.timestamp()));
        for (Topic<?, ?> topic : Topics.ALL) {
            takers.put(topic.deadLetters(), OtherTakers::deadLetter);
        }
    }

    private <K extends RecordKey, V extends SpecificRecord> void typed(
            TopicSerdes serdes, Topic<K, V> topic, TypedTaker<K, V> taker) {
        Deserializer<K> keys = serdes.key(topic).deserializer();
        Deserializer<V> values = serdes.value(topic).deserializer();
        takers.put(topic.name(), (rows, record) -> {
            K key = keys.deserialize(topic.name(), record.key());
            V value = values.deserialize(topic.name(), record.value());
            if (key != null) {
                taker.take(rows, key, value, record);
            }
        });
    }

    /** Topics that are read. */
    List<String> topics() {
        return takers.keySet().stream().sorted().toList();
    }

    /**
     * Empties the model when its rows mean something else than they would now.
     *
     * @param cluster id of the Kafka cluster that is read
     */
    void prepare(String cluster) {
        Map<String, String> wanted = Map.of("rules", RULES, "cluster", cluster, "report-schema", ReportBody.schema());
        jdbi.useTransaction(rows -> {
            Map<String, String> present = new HashMap<>();
            rows.createQuery("select name, meaning from model_meaning")
                    .map((row, context) -> Map.entry(row.getString(1), row.getString(2)))
                    .forEach(entry -> present.put(entry.getKey(), entry.getValue()));
            if (!present.equals(wanted)) {
                LOGGER.info("the read model is built anew from the topics");
                TABLES.forEach(table -> rows.execute("delete from " + table));
                wanted.forEach((name, value) -> rows.execute("insert into model_meaning values (?, ?)", name, value));
            }
        });
    }

    /** Empties the model, so that the next start derives it anew. */
    void clear() {
        jdbi.useTransaction(rows -> TABLES.forEach(table -> rows.execute("delete from " + table)));
    }

    /** Next record of a partition that is to be taken in; empty when none was. */
    Optional<Long> position(TopicPartition partition) {
        return jdbi.withHandle(rows -> positionOf(rows, partition, ""));
    }

    private static Optional<Long> positionOf(Handle rows, TopicPartition partition, String lock) {
        return rows.createQuery(
                        "select next_offset from projection where topic = :topic and partition = :partition" + lock)
                .bind("topic", partition.topic())
                .bind("partition", partition.partition())
                .mapTo(Long.class)
                .findOne();
    }

    /**
     * Takes records in.
     *
     * @throws SchemaRegistryUnavailableException when the registry is away; those not taken in are to be read again
     */
    void take(ConsumerRecords<byte[], byte[]> records) {
        for (TopicPartition partition : records.partitions()) {
            jdbi.useTransaction(rows -> take(rows, partition, records.records(partition)));
        }
    }

    private void take(Handle rows, TopicPartition partition, List<ConsumerRecord<byte[], byte[]>> records) {
        Optional<Long> position = positionOf(rows, partition, " for update");
        Taker taker = takers.get(partition.topic());
        if (taker == null || records.isEmpty()) {
            return;
        }
        for (ConsumerRecord<byte[], byte[]> record : records) {
            if (position.isEmpty() || record.offset() >= position.get()) {
                takeOne(rows, taker, record);
            }
        }
        long next = records.getLast().offset() + 1;
        if (position.isEmpty()) {
            rows.execute("insert into projection values (?, ?, ?)", partition.topic(), partition.partition(), next);
        } else if (next > position.get()) {
            rows.execute(
                    "update projection set next_offset = ? where topic = ? and partition = ?",
                    next,
                    partition.topic(),
                    partition.partition());
        }
    }

    private static void takeOne(Handle rows, Taker taker, ConsumerRecord<byte[], byte[]> record) {
        try {
            taker.take(rows, record);
        } catch (SerializationException | AvroRuntimeException e) {
            LOGGER.atWarn()
                    .addKeyValue(LogKeys.TOPIC, record.topic())
                    .addKeyValue(LogKeys.PARTITION, record.partition())
                    .addKeyValue(LogKeys.OFFSET, record.offset())
                    .addKeyValue(LogKeys.REASON, e.getMessage())
                    .log("a record cannot be read and is not shown");
        }
    }
}
