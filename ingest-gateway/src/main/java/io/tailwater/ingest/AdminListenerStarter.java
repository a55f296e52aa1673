package io.tailwater.ingest;

import io.tailwater.connector.Connector;
import io.tailwater.service.HealthCheck;
import io.tailwater.service.Metrics;
import io.tailwater.service.OperatorListener;
import java.util.Map;

/** Starts the listener at a gateway's admin address: health and metrics alone, or pages for people too. */
@FunctionalInterface
public interface AdminListenerStarter {

    /**
     * Starts listening.
     *
     * @param host address to bind to
     * @param port port, 0 for any free one
     * @param checks the parts of the gateway by name; it is ready while all of them work
     * @param metrics what {@code /metrics} shows
     * @param connector looks after connections; stays the gateway's to close
     * @throws RuntimeException naming host and port, when they cannot be bound
     */
    OperatorListener start(
            String host, int port, Map<String, HealthCheck> checks, Metrics metrics, Connector connector);
}
