package io.tailwater.service;

/**
 * Names of the key-value pairs that log lines carry, so that the same thing is searched by the same name everywhere.
 *
 * <p>Used as {@code logger.atInfo().addKeyValue(LogKeys.CONNECTION, id).log("stored a delivery")}: the sentence says what
 * happened, the pairs say to whom and where. Values are identifiers, never bodies, headers or secrets.
 */
public final class LogKeys {

    /** Our connection id. */
    public static final String CONNECTION = "connection";

    /** Bitbucket's X-Request-UUID. */
    public static final String REQUEST = "request";

    /** X-Event-Key of a delivery. */
    public static final String EVENT = "event";

    /** Repository, as record key or {@code workspace/repository}. */
    public static final String REPOSITORY = "repository";

    /** Pull request, as record key. */
    public static final String PULL_REQUEST = "pullRequest";

    /** Commit id of the head. */
    public static final String HEAD_REVISION = "headRevision";

    /** Kafka topic. */
    public static final String TOPIC = "topic";

    /** Kafka partition. */
    public static final String PARTITION = "partition";

    /** Kafka offset. */
    public static final String OFFSET = "offset";

    /** Why something was refused, skipped or given up. */
    public static final String REASON = "reason";

    private LogKeys() {}
}
