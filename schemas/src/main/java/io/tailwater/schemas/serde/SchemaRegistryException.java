package io.tailwater.schemas.serde;

import org.apache.kafka.common.errors.SerializationException;

/** The registry answered, and its answer was no: unknown id or subject, incompatible schema, refused credentials. */
public final class SchemaRegistryException extends SerializationException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final int errorCode;

    SchemaRegistryException(String doing, int status, int errorCode, String reason) {
        super(doing + ": the schema registry answered " + status + " (code " + errorCode + "): " + reason);
        this.status = status;
        this.errorCode = errorCode;
    }

    /** HTTP status of the answer. */
    public int status() {
        return status;
    }

    /** The registry's own error code, e.g. 40403 for an unknown id; the status where it gave none. */
    public int errorCode() {
        return errorCode;
    }
}
