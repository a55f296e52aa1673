package io.tailwater.schemas.serde;

import org.apache.kafka.common.errors.RetriableException;

/**
 * The registry gave no usable answer after all tries. Says nothing about the record: it must not be taken for poison,
 * so this is no {@link org.apache.kafka.common.errors.SerializationException}.
 */
public final class SchemaRegistryUnavailableException extends RetriableException {

    private static final long serialVersionUID = 1L;

    SchemaRegistryUnavailableException(String doing, Throwable cause) {
        super(doing + ": no usable answer from the schema registry: " + cause.getMessage(), cause);
    }
}
