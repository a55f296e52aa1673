package io.tailwater.ingest.produce;

import io.tailwater.schemas.event.WebhookDelivery;
import io.tailwater.schemas.topic.RepositoryKey;
import java.util.concurrent.CompletableFuture;

/** Where accepted deliveries are kept. */
@FunctionalInterface
public interface DeliveryStore {

    /**
     * Keeps a delivery. Called from any thread, which it may block for a bounded time; twice for the same delivery keeps it
     * twice. Never throws, and the result never fails: whatever goes wrong is an outcome. The result may be completed by a
     * thread that must not be held up.
     */
    CompletableFuture<StoreOutcome> store(RepositoryKey key, WebhookDelivery delivery);
}
