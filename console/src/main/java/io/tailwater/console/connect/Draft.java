package io.tailwater.console.connect;

import io.tailwater.connections.Credential;
import io.tailwater.connections.SealingKey;
import io.tailwater.connector.TokenInspection;
import io.tailwater.schemas.topic.ConnectionId;
import io.tailwater.service.Secret;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A token that was entered and looked at, waiting for <em>Save</em>. Lives in the visit of who entered it, for a short while, and
 * sealed with a key that exists in this process only: no page, cookie, log or dump of the visit shows it.
 *
 * @param id names this draft in the form, so that an old page cannot save a newer token
 * @param workspace what was entered as workspace id
 * @param found what looking at the token brought to light
 * @param expiresAt expiry that was entered; empty for none
 * @param sealedToken the token, sealed
 * @param madeAt when it was entered
 */
public record Draft(
        String id,
        String workspace,
        TokenInspection.Accepted found,
        Optional<Instant> expiresAt,
        byte[] sealedToken,
        Instant madeAt) {

    /** How long a draft can be saved. */
    public static final Duration LIFETIME = Duration.ofMinutes(15);

    private static final SealingKey KEY = SealingKey.generate();
    private static final ConnectionId UNNAMED = new ConnectionId("draft");

    /** Seals a token that was just looked at. */
    public static Draft of(
            String id,
            String workspace,
            Secret token,
            Optional<Instant> expiresAt,
            TokenInspection.Accepted found,
            Instant now) {
        return new Draft(
                id, workspace, found, expiresAt, KEY.seal(UNNAMED, Credential.ACCESS_TOKEN, token), now);
    }

    /** Whether it can still be saved. */
    public boolean isCurrent(Instant now) {
        return madeAt.plus(LIFETIME).isAfter(now);
    }

    /** The token. */
    public Secret token() {
        return KEY.unseal(UNNAMED, Credential.ACCESS_TOKEN, sealedToken);
    }

    @Override
    public String toString() {
        return "Draft[" + workspace + "]";
    }
}
