package io.tailwater.pranalyzer.topology;

import io.tailwater.schemas.topic.RecordKey;
import io.tailwater.schemas.topic.Topic;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serde;

/** How the records of the product's topics are written; also used for stores that hold such records. */
public interface RecordSerdes {

    /** Serde of a topic's keys. */
    <K extends RecordKey> Serde<K> key(Topic<K, ?> topic);

    /** Serde of a topic's values. */
    <V extends SpecificRecord> Serde<V> value(Topic<?, V> topic);
}
