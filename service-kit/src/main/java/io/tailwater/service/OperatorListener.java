package io.tailwater.service;

import java.net.URI;
import java.util.Map;

/** The listener for those who operate a service: at least what {@link OperatorPages} has. */
public interface OperatorListener extends AutoCloseable {

    /** Where it listens, the port being the real one. */
    URI address();

    /** Stops listening within a bounded time; a second call does nothing. */
    @Override
    void close();

    /** Starts such a listener; a service is given the one it is to have. */
    @FunctionalInterface
    interface Starter {

        /**
         * Starts listening.
         *
         * @param host address to bind to
         * @param port port, 0 for any free one
         * @param checks the parts of the service by name; it is ready while all of them work
         * @param metrics what {@code /metrics} shows
         * @throws RuntimeException naming host and port, when they cannot be bound
         */
        OperatorListener start(String host, int port, Map<String, HealthCheck> checks, Metrics metrics);
    }
}
