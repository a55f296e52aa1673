package io.tailwater.console.connect;

import io.tailwater.connector.TokenInspection;
import java.time.Instant;
import java.util.Optional;

/**
 * A token that was looked at and waits for <em>Save</em>.
 *
 * @param id names this draft in the form, so that an old page cannot save a newer token
 * @param workspace what was entered as workspace id
 * @param found what looking at the token brought to light
 * @param expiresAt expiry that was entered; empty for none
 * @param token the token
 */
public record Draft(
        String id, String workspace, TokenInspection.Accepted found, Optional<Instant> expiresAt, KeptToken token) {}
