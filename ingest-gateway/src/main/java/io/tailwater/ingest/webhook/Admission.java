package io.tailwater.ingest.webhook;

import io.tailwater.connections.ConnectedWorkspace;

/** Whether a body is worth reading, judged by address and headers alone. */
public sealed interface Admission {

    /**
     * It is.
     *
     * @param workspace the connection addressed
     * @param signature value of the signature header
     */
    record Admitted(ConnectedWorkspace workspace, String signature) implements Admission {}

    /**
     * It is not.
     *
     * @param answer why
     */
    record Refused(Answer answer) implements Admission {}
}
