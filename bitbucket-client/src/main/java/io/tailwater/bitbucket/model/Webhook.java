package io.tailwater.bitbucket.model;

import java.util.Set;

/**
 * A webhook as Bitbucket keeps it; its secret is never given back.
 *
 * @param uuid Bitbucket's uuid, braces included
 * @param url where deliveries go
 * @param description what people see
 * @param active whether it delivers
 * @param events keys of the events it delivers
 * @param signed whether a secret is set
 */
public record Webhook(String uuid, String url, String description, boolean active, Set<String> events, boolean signed) {

    public Webhook {
        events = Set.copyOf(events);
    }
}
