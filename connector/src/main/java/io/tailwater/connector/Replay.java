package io.tailwater.connector;

import io.tailwater.schemas.event.Origin;
import io.tailwater.schemas.event.Provenance;
import io.tailwater.schemas.event.WebhookDelivery;
import io.tailwater.schemas.serde.TopicSerdes;
import io.tailwater.schemas.topic.RepositoryKey;
import io.tailwater.schemas.topic.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import java.util.function.BiPredicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Sends recorded deliveries through the pipeline again, under the name of a run: the same bytes under the same key, so that
 * any number of analyzers share the work and the reports say of which run they are. What earlier runs sent is left out.
 * Repeating a run under its name changes nothing.
 */
public final class Replay {

    private static final Duration POLL = Duration.ofMillis(500);

    private final Map<String, Object> clientProperties;

    /** On a cluster. */
    public Replay(Map<String, Object> clientProperties) {
        this.clientProperties = new TreeMap<>(clientProperties);
    }

    /**
     * Sends again what was recorded.
     *
     * @param from time of the first record
     * @param to time after the last, empty for now
     * @param wanted which deliveries
     * @param runName name of the run
     * @param comment whether comments may be written for it
     * @param told told of every delivery sent
     * @return how many were sent; all are on all in-sync replicas
     */
    public int run(
            Instant from,
            Optional<Instant> to,
            BiPredicate<RepositoryKey, WebhookDelivery> wanted,
            String runName,
            boolean comment,
            BiConsumer<RepositoryKey, WebhookDelivery> told) {
        Provenance provenance = Provenance.newBuilder()
                .setOrigin(Origin.REPLAY)
                .setRunName(runName)
                .setCommentRequested(comment)
                .build();
        AtomicReference<@Nullable Exception> failed = new AtomicReference<>();
        int sent = 0;
        try (KafkaConsumer<RepositoryKey, WebhookDelivery> consumer = consumer();
                KafkaProducer<RepositoryKey, WebhookDelivery> producer = producer()) {
            Map<TopicPartition, Long> ends = begin(consumer, from, to);
            while (!ends.isEmpty()) {
                for (ConsumerRecord<RepositoryKey, WebhookDelivery> record : consumer.poll(POLL)) {
                    TopicPartition partition = new TopicPartition(record.topic(), record.partition());
                    Long end = ends.get(partition);
                    WebhookDelivery recorded = record.value();
                    boolean live = switch (recorded.getProvenance().getOrigin()) {
                        case WEBHOOK, POLL -> true;
                        case BACKFILL, REPLAY -> false;
                    };
                    if (end != null && record.offset() < end && live && wanted.test(record.key(), recorded)) {
                        WebhookDelivery again = WebhookDelivery.newBuilder(recorded)
                                .setProvenance(provenance)
                                .build();
                        producer.send(
                                new ProducerRecord<>(record.topic(), record.key(), again),
                                (metadata, failure) -> failed.compareAndSet(null, failure));
                        told.accept(record.key(), again);
                        sent++;
                    }
                }
                ends.entrySet().removeIf(end -> consumer.position(end.getKey()) >= end.getValue());
            }
            producer.flush();
        }
        Exception failure = failed.get();
        if (failure != null) {
            throw new KafkaException("sending recorded deliveries again", failure);
        }
        return sent;
    }

    /** Places the consumer at the first record, and tells where each partition's last one ends. */
    private static Map<TopicPartition, Long> begin(
            KafkaConsumer<RepositoryKey, WebhookDelivery> consumer, Instant from, Optional<Instant> to) {
        String topic = Topics.BITBUCKET_WEBHOOKS.name();
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .toList();
        consumer.assign(partitions);
        Map<TopicPartition, Long> ends = new HashMap<>(consumer.endOffsets(partitions));
        to.ifPresent(time -> offsets(consumer, partitions, time).forEach(ends::put));
        Map<TopicPartition, Long> begins = offsets(consumer, partitions, from);
        for (TopicPartition partition : partitions) {
            Long begin = begins.get(partition);
            if (begin == null) {
                ends.remove(partition);
            }
            consumer.seek(partition, begin == null ? 0 : begin);
        }
        ends.entrySet().removeIf(end -> consumer.position(end.getKey()) >= end.getValue());
        return ends;
    }

    private static Map<TopicPartition, Long> offsets(
            KafkaConsumer<RepositoryKey, WebhookDelivery> consumer, List<TopicPartition> partitions, Instant time) {
        Map<TopicPartition, Long> asked = new HashMap<>();
        partitions.forEach(partition -> asked.put(partition, time.toEpochMilli()));
        Map<TopicPartition, Long> found = new HashMap<>();
        consumer.offsetsForTimes(asked).forEach((partition, offset) -> {
            if (offset instanceof OffsetAndTimestamp present) {
                found.put(partition, present.offset());
            }
        });
        return found;
    }

    private KafkaConsumer<RepositoryKey, WebhookDelivery> consumer() {
        Map<String, Object> properties = new TreeMap<>(clientProperties);
        properties.put("enable.auto.commit", false);
        properties.put("allow.auto.create.topics", false);
        properties.put("isolation.level", "read_committed");
        properties.remove("group.id");
        TopicSerdes serdes = TopicSerdes.of(clientProperties);
        return new KafkaConsumer<>(
                properties,
                serdes.key(Topics.BITBUCKET_WEBHOOKS).deserializer(),
                serdes.value(Topics.BITBUCKET_WEBHOOKS).deserializer());
    }

    private KafkaProducer<RepositoryKey, WebhookDelivery> producer() {
        Map<String, Object> properties = new TreeMap<>(clientProperties);
        properties.put("acks", "all");
        properties.put("enable.idempotence", true);
        properties.put("compression.type", "zstd");
        TopicSerdes serdes = TopicSerdes.of(clientProperties);
        return new KafkaProducer<>(
                properties,
                serdes.key(Topics.BITBUCKET_WEBHOOKS).serializer(),
                serdes.value(Topics.BITBUCKET_WEBHOOKS).serializer());
    }
}
