package io.tailwater.pranalyzer.topology;

import org.jspecify.annotations.Nullable;

/** Tells whether a connection has another token than before, without showing it. Called from stream threads, so quick. */
@FunctionalInterface
public interface TokenFingerprints {

    /**
     * Something that differs from token to token.
     *
     * @param connectionId our id of the connection
     * @return null when the connection has no usable token now
     */
    @Nullable
    String of(String connectionId);
}
