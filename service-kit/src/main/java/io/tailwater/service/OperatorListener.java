package io.tailwater.service;

import java.net.URI;

/** The listener for those who operate a service: at least what {@link OperatorPages} has. */
public interface OperatorListener extends AutoCloseable {

    /** Where it listens, the port being the real one. */
    URI address();

    /** Stops listening within a bounded time; a second call does nothing. */
    @Override
    void close();
}
