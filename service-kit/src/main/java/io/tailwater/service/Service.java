package io.tailwater.service;

import java.net.URI;
import java.util.Optional;

/** A running service: made by its {@code start}, stopped by {@link #close}. */
public interface Service extends AutoCloseable {

    /** Short name: {@code gateway}, {@code analyzer} or {@code publisher}. */
    String name();

    /** Whether it can do its work right now; cheap, from any thread. */
    CheckResult ready();

    /** Address others call it at; empty when it serves nothing but health and metrics. */
    Optional<URI> address();

    /** Address of health and metrics; empty when it has no listener for them. */
    Optional<URI> adminAddress();

    /** Finishes what is in flight within a bounded time and stops; a second call does nothing. */
    @Override
    void close();
}
