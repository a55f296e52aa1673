package io.tailwater.ingest.produce;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.kafka.KafkaClientMetrics;
import io.tailwater.schemas.event.WebhookDelivery;
import io.tailwater.schemas.serde.TopicSerdes;
import io.tailwater.schemas.topic.RepositoryKey;
import io.tailwater.schemas.topic.Topics;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;

/** The topic of deliveries, written with acknowledgement of all in-sync replicas; usable from any thread. */
public final class DeliveryLog implements DeliveryStore, AutoCloseable {

    private static final String TOPIC = Topics.BITBUCKET_WEBHOOKS.name();
    private static final int ROOM_FOR_THE_REST = 64 * 1024;

    private final Producer<RepositoryKey, WebhookDelivery> producer;
    private final Runnable unbindMetrics;
    private final Duration closing;

    DeliveryLog(Producer<RepositoryKey, WebhookDelivery> producer, Runnable unbindMetrics, Duration closing) {
        this.producer = producer;
        this.unbindMetrics = unbindMetrics;
        this.closing = closing;
    }

    /**
     * Opens the log; Kafka need not be there yet.
     *
     * @param clientProperties properties of Kafka's clients and of the serializers
     * @param largestBody largest body that will be stored, bytes
     * @param maxBlock how long {@link #store} may block
     * @param deliveryTimeout how long until an answer after that
     * @param meters where the producer's own metrics go
     */
    public static DeliveryLog open(
            Map<String, Object> clientProperties,
            int largestBody,
            Duration maxBlock,
            Duration deliveryTimeout,
            MeterRegistry meters) {
        Map<String, Object> properties = new TreeMap<>(clientProperties);
        int delivery = Math.toIntExact(deliveryTimeout.toMillis());
        properties.put("client.id", "gateway");
        properties.put("acks", "all");
        properties.put("enable.idempotence", true);
        properties.put("linger.ms", 0);
        properties.put("compression.type", "zstd");
        properties.put("max.block.ms", maxBlock.toMillis());
        properties.put("delivery.timeout.ms", delivery);
        properties.put("request.timeout.ms", Math.max(delivery / 2, 250));
        properties.put("max.request.size", largestBody + ROOM_FOR_THE_REST);
        TopicSerdes serdes = TopicSerdes.of(clientProperties);
        Producer<RepositoryKey, WebhookDelivery> producer = new KafkaProducer<>(
                properties,
                serdes.key(Topics.BITBUCKET_WEBHOOKS).serializer(),
                serdes.value(Topics.BITBUCKET_WEBHOOKS).serializer());
        KafkaClientMetrics producerMetrics = new KafkaClientMetrics(producer);
        producerMetrics.bindTo(meters);
        return new DeliveryLog(producer, producerMetrics::close, deliveryTimeout);
    }

    @Override
    public CompletableFuture<StoreOutcome> store(RepositoryKey key, WebhookDelivery delivery) {
        CompletableFuture<StoreOutcome> outcome = new CompletableFuture<>();
        try {
            producer.send(new ProducerRecord<>(TOPIC, key, delivery), (metadata, failure) -> {
                outcome.complete(
                        failure == null
                                ? new StoreOutcome.Stored(metadata.partition(), metadata.offset())
                                : failed(failure));
            });
        } catch (RuntimeException e) {
            outcome.complete(failed(e));
        }
        return outcome;
    }

    /** Sends what is waiting, within the delivery timeout. */
    @Override
    public void close() {
        unbindMetrics.run();
        producer.close(closing);
    }

    private static StoreOutcome failed(Exception failure) {
        return failure instanceof RecordTooLargeException
                ? new StoreOutcome.TooLarge()
                : new StoreOutcome.Unavailable(failure.getClass().getSimpleName() + ": " + failure.getMessage());
    }
}
