package io.tailwater.pranalyzer.impact;

import io.tailwater.service.Secret;

/** What is known of the token of a connection. */
public sealed interface TokenLookup {

    /**
     * It can be used.
     *
     * @param token the access token
     * @param fingerprint differs from token to token; stays in memory
     */
    record Usable(Secret token, String fingerprint) implements TokenLookup {}

    /**
     * There is none that can be used.
     *
     * @param reason why, naming the connection
     */
    record Missing(String reason) implements TokenLookup {}

    /** The connections have not been read yet. */
    record StillLoading() implements TokenLookup {}
}
