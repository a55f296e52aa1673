package io.tailwater.connections;

/** The sealing key, or something sealed with it, cannot be used; the message names which and holds nothing secret. */
public final class SealException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    SealException(String message) {
        super(message);
    }
}
