package io.tailwater.ingest.produce;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwater.schemas.event.Origin;
import io.tailwater.schemas.event.Provenance;
import io.tailwater.schemas.event.WebhookDelivery;
import io.tailwater.schemas.topic.RepositoryKey;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.Serializer;
import org.junit.jupiter.api.Test;

class DeliveryLogTest {

    private static final RepositoryKey KEY = new RepositoryKey("{w}", "{r}");
    private static final Serializer<RepositoryKey> KEYS =
            (topic, key) -> key.text().getBytes(StandardCharsets.UTF_8);
    private static final Serializer<WebhookDelivery> VALUES = (topic, delivery) -> new byte[] {1};

    private final MockProducer<RepositoryKey, WebhookDelivery> producer = new MockProducer<>(false, null, KEYS, VALUES);
    private final DeliveryLog log = new DeliveryLog(producer, () -> {}, Duration.ZERO);

    @Test
    void isStoredOnlyOnceAcknowledged() {
        CompletableFuture<StoreOutcome> outcome = log.store(KEY, delivery());

        assertThat(outcome).isNotDone();
        producer.completeNext();
        assertThat(outcome).isCompletedWithValueMatching(StoreOutcome.Stored.class::isInstance);
        assertThat(producer.history()).singleElement().satisfies(record -> {
            assertThat(record.topic()).isEqualTo("bitbucket-webhooks.v1");
            assertThat(record.key()).isEqualTo(KEY);
        });
    }

    @Test
    void tellsATooLargeRecordFromKafkaBeingAway() {
        CompletableFuture<StoreOutcome> tooLarge = log.store(KEY, delivery());
        producer.errorNext(new RecordTooLargeException("2 MB"));
        CompletableFuture<StoreOutcome> away = log.store(KEY, delivery());
        producer.errorNext(new TimeoutException("no acknowledgement"));

        assertThat(tooLarge).isCompletedWithValue(new StoreOutcome.TooLarge());
        assertThat(away).isCompletedWithValue(new StoreOutcome.Unavailable("TimeoutException: no acknowledgement"));
    }

    @Test
    void turnsWhatIsThrownAtOnceIntoAnOutcome() {
        producer.sendException = new SerializationException("no registry");

        assertThat(log.store(KEY, delivery()))
                .isCompletedWithValue(new StoreOutcome.Unavailable("SerializationException: no registry"));
    }

    @Test
    void isUnavailableOnceClosed() {
        log.close();

        assertThat(log.store(KEY, delivery())).isCompletedWithValueMatching(StoreOutcome.Unavailable.class::isInstance);
    }

    private static WebhookDelivery delivery() {
        return WebhookDelivery.newBuilder()
                .setConnectionId("acme")
                .setRequestId("1")
                .setEventKey("repo:push")
                .setReceivedAt(Instant.EPOCH)
                .setProvenance(Provenance.newBuilder().setOrigin(Origin.WEBHOOK).build())
                .setBody(ByteBuffer.allocate(1))
                .build();
    }
}
