package io.tailwater.console.connect;

import io.tailwater.schemas.topic.PullRequestKey;
import io.tailwater.schemas.topic.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Forgets reports, by asking their topic to: a key without value, which compaction honours in its own time. */
public final class ReportEraser {

    private static final int TIMEOUT_MILLISECONDS = 5_000;
    private static final int DELIVERY_TIMEOUT_MILLISECONDS = 20_000;
    private static final Duration CLOSING = Duration.ofSeconds(5);

    private final Map<String, Object> clientProperties;
    private final Function<String, List<PullRequestKey>> reported;

    /**
     * An eraser.
     *
     * @param clientProperties properties of Kafka's clients
     * @param reported tells which pull requests have reports that came through a connection
     */
    public ReportEraser(Map<String, Object> clientProperties, Function<String, List<PullRequestKey>> reported) {
        this.clientProperties = new TreeMap<>(clientProperties);
        this.reported = reported;
    }

    /**
     * Erases the reports that came through a connection.
     *
     * @return of how many pull requests
     * @throws KafkaException when Kafka does not take it; calling again is safe
     */
    int eraseThrough(String connectionId) throws InterruptedException {
        List<PullRequestKey> keys = reported.apply(connectionId);
        Map<String, Object> properties = new TreeMap<>(clientProperties);
        properties.put("acks", "all");
        properties.put("enable.idempotence", true);
        properties.put("client.id", "report-eraser");
        properties.put("max.block.ms", TIMEOUT_MILLISECONDS);
        properties.put("request.timeout.ms", TIMEOUT_MILLISECONDS);
        properties.put("delivery.timeout.ms", DELIVERY_TIMEOUT_MILLISECONDS);
        KafkaProducer<String, byte[]> producer =
                new KafkaProducer<>(properties, new StringSerializer(), new ByteArraySerializer());
        try {
            List<Future<?>> sent = new ArrayList<>();
            for (PullRequestKey key : keys) {
                sent.add(producer.send(new ProducerRecord<>(Topics.IMPACT_REPORTS.name(), key.text(), null)));
            }
            for (Future<?> acknowledgement : sent) {
                acknowledgement.get();
            }
            return keys.size();
        } catch (ExecutionException e) {
            throw new KafkaException("erasing reports", e.getCause());
        } finally {
            producer.close(CLOSING);
        }
    }
}
