package io.tailwater.console.model;

import java.time.Instant;
import java.util.Optional;

/**
 * A record that was set aside.
 *
 * @param topic topic of dead letters it is in
 * @param partition its partition there
 * @param offset its offset there
 * @param sourceTopic topic it came from, may be empty
 * @param sourcePartition its partition there, -1 when not known
 * @param sourceOffset its offset there, -1 when not known
 * @param key its key as text, may be empty
 * @param causeType class of the error, may be empty
 * @param cause what was wrong
 * @param size bytes of its value
 * @param at time of the record
 * @param retriedAt when it was last taken up again, empty when it was not
 * @param retriedBy who did that, may be empty
 */
public record DeadLetterRow(
        String topic,
        int partition,
        long offset,
        String sourceTopic,
        int sourcePartition,
        long sourceOffset,
        String key,
        String causeType,
        String cause,
        int size,
        Instant at,
        Optional<Instant> retriedAt,
        String retriedBy) {

    /** Names it among all dead letters, as the subject of the activity that takes it up again. */
    public String name() {
        return topic + "/" + partition + "/" + offset;
    }
}
