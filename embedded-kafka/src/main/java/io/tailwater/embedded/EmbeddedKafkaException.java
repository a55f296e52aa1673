package io.tailwater.embedded;

import org.jspecify.annotations.Nullable;

/** The broker or the registry could not start or do its work; the message names the folder, port or topic. */
public final class EmbeddedKafkaException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    EmbeddedKafkaException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
