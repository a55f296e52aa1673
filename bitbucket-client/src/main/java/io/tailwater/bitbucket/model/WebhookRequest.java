package io.tailwater.bitbucket.model;

import java.net.URI;
import java.util.Set;
import java.util.function.Supplier;

/**
 * A webhook as we want it.
 *
 * @param url where deliveries are to go
 * @param description what people see
 * @param events keys of the events to deliver, at least one
 * @param secret gives the key of the signature, 1 to 128 characters; a supplier, so that it never prints
 */
public record WebhookRequest(URI url, String description, Set<String> events, Supplier<String> secret) {

    /** @throws IllegalArgumentException when there is no event */
    public WebhookRequest {
        if (events.isEmpty()) {
            throw new IllegalArgumentException("a webhook delivers at least one event");
        }
        events = Set.copyOf(events);
    }

    @Override
    public String toString() {
        return "WebhookRequest[url=" + url + ", events=" + events + ", secret=***]";
    }
}
