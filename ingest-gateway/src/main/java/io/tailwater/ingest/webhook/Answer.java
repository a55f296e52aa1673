package io.tailwater.ingest.webhook;

/** Every answer the webhook listener gives, with its status, its code for machines and its text for people. */
public enum Answer {
    /** Kafka has the delivery on all in-sync replicas. */
    STORED(202, "stored", "The delivery is stored and will be worked on."),
    /** Nothing but webhooks is served. */
    NOT_FOUND(404, "not-found", "Only POST /webhooks/bitbucket/{connection} is served here."),
    /** The address is right, the method is not. */
    METHOD_NOT_ALLOWED(405, "method-not-allowed", "Webhooks are delivered with POST."),
    /** The address names no connection. */
    CONNECTION_UNKNOWN(404, "connection-unknown", "There is no connection of this name."),
    /** Headers of Bitbucket Data Center. */
    DATA_CENTER(
            400,
            "data-center",
            "This is a delivery of Bitbucket Data Center (X-Request-Id without X-Request-UUID); only Bitbucket Cloud is"
                    + " supported."),
    /** No signature. */
    SIGNATURE_MISSING(
            401,
            "signature-missing",
            "The delivery is not signed (no X-Hub-Signature); set the secret of the connection in the webhook."),
    /** A signature by another method than SHA-256. */
    SIGNATURE_METHOD_UNKNOWN(
            401, "signature-method-unknown", "X-Hub-Signature must be sha256=… ; other methods are not accepted."),
    /** The signature is not that of this body with the secret of this connection. */
    SIGNATURE_WRONG(
            401,
            "signature-wrong",
            "The signature does not fit body and secret; the webhook and the connection have different secrets, or the"
                    + " body was altered on its way."),
    /** X-Event-Key is absent or malformed. */
    EVENT_KEY_MISSING(400, "event-key-missing", "X-Event-Key is missing or not of the form subject:event."),
    /** X-Request-UUID is absent or malformed. */
    REQUEST_ID_MISSING(400, "request-id-missing", "X-Request-UUID is missing or malformed."),
    /** More bytes than allowed. */
    BODY_TOO_LARGE(413, "body-too-large", "The body is larger than the configured limit."),
    /** Fewer bytes than announced. */
    BODY_TRUNCATED(400, "body-truncated", "The connection ended before the whole body had come."),
    /** The body did not come in time. */
    BODY_TOO_SLOW(408, "body-too-slow", "The body did not come within the time allowed."),
    /** No bytes. */
    BODY_EMPTY(400, "body-empty", "The body is empty."),
    /** Not JSON, or JSON beyond the limits of depth and length. */
    BODY_NOT_JSON(400, "body-not-json", "The body is not a JSON object, or nested too deeply."),
    /** No repository that could be named in the record's key. */
    REPOSITORY_MISSING(
            400, "repository-missing", "The payload names no repository with its uuid and its workspace's or owner's."),
    /** The connection is known but its credentials cannot be unsealed. */
    CONNECTION_UNREADABLE(503, "connection-unreadable", "The connection cannot be used at the moment."),
    /** Connections have not been read since the start. */
    STARTING(503, "starting", "The gateway is still starting."),
    /** As many deliveries as allowed are being handled. */
    BUSY(503, "busy", "Too many deliveries at once."),
    /** Kafka did not take it in time. */
    KAFKA_UNAVAILABLE(503, "kafka-unavailable", "The delivery could not be stored at the moment."),
    /** A fault of ours. */
    INTERNAL_ERROR(500, "internal-error", "Something went wrong here.");

    private final int status;
    private final String code;
    private final String message;

    Answer(int status, String code, String message) {
        this.status = status;
        this.code = code;
        this.message = message;
    }

    /** HTTP status. Bitbucket sends again after 5xx and takes 4xx as final. */
    public int status() {
        return status;
    }

    /** Stable word for machines, also the value of the metric's tag. */
    public String code() {
        return code;
    }

    /** Whether sending the same delivery again later may succeed. */
    public boolean isRetriable() {
        return status == 503;
    }

    /** Body of the answer. */
    public String json() {
        String name = status < 400 ? "status" : "error";
        return "{\"" + name + "\":\"" + code + "\",\"message\":\"" + message + "\"}";
    }
}
