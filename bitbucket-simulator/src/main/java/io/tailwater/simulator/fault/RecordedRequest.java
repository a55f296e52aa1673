package io.tailwater.simulator.fault;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One request that reached the stand-in.
 *
 * @param at when it arrived
 * @param method HTTP method
 * @param path path as sent, still encoded
 * @param query query string as sent, or null
 * @param scheme first word of its {@code Authorization}, e.g. {@code Bearer}, or null; the credentials are not kept
 * @param body its JSON body as text, or null for Git traffic and bodiless requests
 */
public record RecordedRequest(
        Instant at,
        String method,
        String path,
        @Nullable String query,
        @Nullable String scheme,
        @Nullable String body) {}
