package io.tailwater.console.connect;

import io.tailwater.connections.Credential;
import io.tailwater.connections.SealingKey;
import io.tailwater.schemas.topic.ConnectionId;
import io.tailwater.service.Secret;
import java.time.Duration;
import java.time.Instant;

/**
 * A token that was entered and is not saved yet. Lives in the visit of who entered it, for a short while, and sealed with a key
 * that exists in this process only: no page, cookie, log or dump of the visit shows it.
 */
public final class KeptToken {

    /** How long it can be used. */
    public static final Duration LIFETIME = Duration.ofMinutes(15);

    private static final SealingKey KEY = SealingKey.generate();
    private static final ConnectionId UNNAMED = new ConnectionId("draft");

    private final byte[] sealed;
    private final Instant enteredAt;

    /** Seals a token that was just entered. */
    public KeptToken(Secret token, Instant now) {
        this.sealed = KEY.seal(UNNAMED, Credential.ACCESS_TOKEN, token);
        this.enteredAt = now;
    }

    /** Whether it can still be used. */
    public boolean isCurrent(Instant now) {
        return enteredAt.plus(LIFETIME).isAfter(now);
    }

    /** The token. */
    public Secret token() {
        return KEY.unseal(UNNAMED, Credential.ACCESS_TOKEN, sealed);
    }

    @Override
    public String toString() {
        return "KeptToken[***]";
    }
}
