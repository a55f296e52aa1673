package io.tailwater.console.activity;

import io.tailwater.schemas.activity.Activity;
import io.tailwater.schemas.serde.TopicSerdes;
import io.tailwater.schemas.topic.ActivityId;
import io.tailwater.schemas.topic.Topics;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The audit record in its topic. */
public final class ActivityTopic implements Activities, AutoCloseable {

    private static final Logger LOGGER = LoggerFactory.getLogger(ActivityTopic.class);
    private static final int DELIVERY_TIMEOUT_MILLISECONDS = 60_000;
    private static final int REQUEST_TIMEOUT_MILLISECONDS = 5_000;
    private static final Duration CLOSING = Duration.ofSeconds(5);

    private final Producer<ActivityId, Activity> producer;
    private final ExecutorService sending = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("activities").daemon().factory());

    private ActivityTopic(Producer<ActivityId, Activity> producer) {
        this.producer = producer;
    }

    /**
     * The topic.
     *
     * @param clientProperties properties of Kafka's clients and of the serializers
     */
    public static ActivityTopic open(Map<String, Object> clientProperties) {
        Map<String, Object> properties = new TreeMap<>(clientProperties);
        properties.put("acks", "all");
        properties.put("enable.idempotence", true);
        properties.put("client.id", "activities");
        properties.put("request.timeout.ms", REQUEST_TIMEOUT_MILLISECONDS);
        properties.put("delivery.timeout.ms", DELIVERY_TIMEOUT_MILLISECONDS);
        TopicSerdes serdes = TopicSerdes.of(clientProperties);
        return new ActivityTopic(new KafkaProducer<>(
                properties,
                serdes.key(Topics.ACTIVITIES).serializer(),
                serdes.value(Topics.ACTIVITIES).serializer()));
    }

    @Override
    public void add(Activity activity) {
        try {
            sending.execute(() -> send(activity));
        } catch (RejectedExecutionException e) {
            lost(activity, e);
        }
    }

    private void send(Activity activity) {
        try {
            producer.send(
                    new ProducerRecord<>(Topics.ACTIVITIES.name(), new ActivityId(activity.getActivityId()), activity),
                    (metadata, failure) -> {
                        if (failure != null) {
                            lost(activity, failure);
                        }
                    });
        } catch (RuntimeException e) {
            lost(activity, e);
        }
    }

    private static void lost(Activity activity, Exception failure) {
        LOGGER.atError()
                .addKeyValue("action", activity.getAction())
                .addKeyValue("actor", activity.getActor())
                .addKeyValue("subject", activity.getSubject())
                .addKeyValue("succeeded", activity.getSucceeded())
                .setCause(failure)
                .log("an activity could not be added to the audit record");
    }

    @Override
    public void close() {
        sending.close();
        producer.close(CLOSING);
    }
}
