package io.tailwater.ingest.webhook;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Request headers of a delivery, asked for by name whatever their case. */
public final class DeliveryHeaders {

    /** What is kept with a delivery; anything else, signature and credentials above all, is dropped. */
    private static final Set<String> KEPT =
            Set.of("content-type", "user-agent", "x-attempt-number", "x-event-key", "x-hook-uuid", "x-request-uuid");

    private static final String EVENT_KEY = "[a-z_]{1,32}:[a-z_]{1,64}";
    private static final String IDENTIFIER = "[0-9A-Za-z{}_-]{1,64}";
    private static final int LONGEST_KEPT = 256;

    private final Map<String, String> byName = new HashMap<>();

    /** Takes the headers of a request; of a repeated one, the one given. */
    public DeliveryHeaders(Map<String, String> headers) {
        headers.forEach((name, value) -> byName.put(name.toLowerCase(Locale.ROOT), value.trim()));
    }

    /** Whether they are those of Bitbucket Data Center, which names its requests by another header. */
    boolean areOfDataCenter() {
        return byName.containsKey("x-request-id") && !byName.containsKey("x-request-uuid");
    }

    Optional<String> signature() {
        return present("x-hub-signature");
    }

    /** Kind of event, of any kind known or unknown, when well-formed. */
    Optional<String> eventKey() {
        return present("x-event-key").filter(key -> key.matches(EVENT_KEY));
    }

    Optional<String> requestId() {
        return present("x-request-uuid").filter(id -> id.matches(IDENTIFIER));
    }

    Optional<String> hookId() {
        return present("x-hook-uuid").filter(id -> id.matches(IDENTIFIER));
    }

    /** Number of the attempt, 1 when not told. */
    int attempt() {
        return present("x-attempt-number")
                .filter(number -> number.matches("[1-9][0-9]{0,3}"))
                .map(Integer::parseInt)
                .orElse(1);
    }

    /** The headers kept with the delivery, names in lower case, long values cut. */
    Map<String, String> kept() {
        Map<String, String> kept = new HashMap<>();
        for (String name : KEPT) {
            present(name)
                    .ifPresent(value -> kept.put(name, value.substring(0, Math.min(value.length(), LONGEST_KEPT))));
        }
        return kept;
    }

    private Optional<String> present(String name) {
        return Optional.ofNullable(byName.get(name)).filter(value -> !value.isEmpty());
    }
}
