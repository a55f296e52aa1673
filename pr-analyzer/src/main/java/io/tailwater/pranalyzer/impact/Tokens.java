package io.tailwater.pranalyzer.impact;

/** Where the access tokens of connections are looked up; called from worker and stream threads, so quick. */
@FunctionalInterface
public interface Tokens {

    /** The token of a connection as it is now. */
    TokenLookup of(String connectionId);
}
