package io.tailwater.publisher.consume;

import io.tailwater.schemas.topic.ConnectionId;
import io.tailwater.service.Secret;
import java.util.Optional;

/** How working on a report ended. */
sealed interface Attempt {

    /** It is done: published, or recorded that and why not. */
    record Done() implements Attempt {}

    /** The partition went to another process; it is that one's now. */
    record HandedOver() implements Attempt {}

    /**
     * It waits for its connection.
     *
     * @param connection the connection
     * @param refused the token that Bitbucket refused, empty when none was tried
     * @param reason why, for people
     */
    record Parked(ConnectionId connection, Optional<Secret> refused, String reason) implements Attempt {}
}
