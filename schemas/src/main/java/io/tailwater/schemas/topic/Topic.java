package io.tailwater.schemas.topic;

import java.time.Duration;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;

/**
 * A topic as a typed constant: what its records are and how they are kept.
 *
 * @param name topic name, version included
 * @param keyParser reads a record key from its text
 * @param valueType class of the value
 * @param kept how long records stay
 * @param <K> key
 * @param <V> value
 */
public record Topic<K extends RecordKey, V extends SpecificRecord>(
        String name, Function<String, K> keyParser, Class<V> valueType, Kept kept) {

    /** How long records stay. */
    public sealed interface Kept {

        /** Kafka's {@code cleanup.policy}. */
        String cleanupPolicy();

        /**
         * Deleted after a while.
         *
         * @param retention time until deletion
         */
        record For(Duration retention) implements Kept {
            @Override
            public String cleanupPolicy() {
                return "delete";
            }
        }

        /** The newest record per key, for ever. */
        record Newest() implements Kept {
            @Override
            public String cleanupPolicy() {
                return "compact";
            }
        }

        /**
         * The newest record per key, until it is this old.
         *
         * @param retention time until deletion
         */
        record NewestFor(Duration retention) implements Kept {
            @Override
            public String cleanupPolicy() {
                return "compact,delete";
            }
        }
    }

    /** Name of the topic that takes records of this one that proved unprocessable. */
    public String deadLetters() {
        return name.replaceFirst("\\.v(\\d+)$", "-dead-letters.v$1");
    }
}
