package io.tailwater.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwater.schemas.serde.TopicSerdes;
import io.tailwater.schemas.topic.Topic;
import io.tailwater.schemas.topic.Topics;
import java.io.IOException;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serde;

/** Runs in a class loader that holds our class path and Confluent's classes behind it; called by reflection. */
public final class ConfluentProfileRoundTrip {

    private ConfluentProfileRoundTrip() {}

    /** Writes and reads every example with both, compares, and tells how many there were. */
    public static int compareAll(String registryUrl) throws IOException {
        TopicSerdes ours = TopicSerdes.of(Map.of("schema.registry.url", registryUrl));
        TopicSerdes theirs = TopicSerdes.of(Map.of(
                "schema.registry.url",
                registryUrl,
                TopicSerdes.SERIALIZER,
                "io.confluent.kafka.serializers.KafkaAvroSerializer",
                TopicSerdes.DESERIALIZER,
                "io.confluent.kafka.serializers.KafkaAvroDeserializer"));
        int compared = 0;
        for (Topic<?, ?> topic : Topics.ALL) {
            compared += compare(topic, ours, theirs);
        }
        return compared;
    }

    private static <V extends SpecificRecord> int compare(Topic<?, V> topic, TopicSerdes ours, TopicSerdes theirs)
            throws IOException {
        int compared = 0;
        Serde<V> our = ours.value(topic);
        Serde<V> their = theirs.value(topic);
        for (V value : TopicExamples.of(topic)) {
            byte[] bytes = their.serializer().serialize(topic.name(), value);
            assertThat(bytes).isEqualTo(our.serializer().serialize(topic.name(), value));
            assertThat(their.deserializer().deserialize(topic.name(), bytes)).isEqualTo(value);
            compared++;
        }
        return compared;
    }
}
