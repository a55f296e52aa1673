package io.tailwater.ingest.webhook;

import io.tailwater.schemas.event.WebhookDelivery;
import io.tailwater.schemas.topic.RepositoryKey;

/** What became of looking at a delivery. */
public sealed interface Examination {

    /**
     * It is genuine and can be stored.
     *
     * @param key which repository it is about
     * @param delivery the record
     */
    record Accepted(RepositoryKey key, WebhookDelivery delivery) implements Examination {}

    /**
     * It is not accepted.
     *
     * @param answer why
     */
    record Refused(Answer answer) implements Examination {}
}
