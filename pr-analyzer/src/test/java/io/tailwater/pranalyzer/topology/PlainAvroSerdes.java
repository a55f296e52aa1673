package io.tailwater.pranalyzer.topology;

import io.tailwater.pranalyzer.impact.ReportIds;
import io.tailwater.schemas.topic.RecordKey;
import io.tailwater.schemas.topic.Topic;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificRecord;
import org.apache.avro.util.ClassSecurityValidator;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;

/** Avro without a registry, for the test driver. */
final class PlainAvroSerdes implements RecordSerdes {

    static {
        // Avro makes instances only of classes it is told to trust
        ClassSecurityValidator.setGlobal(ClassSecurityValidator.composite(
                ClassSecurityValidator.DEFAULT, type -> type.getName().startsWith("io.tailwater.schemas.")));
    }

    @Override
    @SuppressWarnings("NullAway")
    public <K extends RecordKey> Serde<K> key(Topic<K, ?> topic) {
        return Serdes.serdeFrom(
                (name, key) -> key == null ? null : key.text().getBytes(StandardCharsets.UTF_8),
                (name, bytes) ->
                        bytes == null ? null : topic.keyParser().apply(new String(bytes, StandardCharsets.UTF_8)));
    }

    @Override
    @SuppressWarnings("NullAway")
    public <V extends SpecificRecord> Serde<V> value(Topic<?, V> topic) {
        return Serdes.serdeFrom((name, value) -> value == null ? null : ReportIds.bytes(value), (name, bytes) -> {
            if (bytes == null) {
                return null;
            }
            try {
                return new SpecificDatumReader<>(topic.valueType())
                        .read(null, DecoderFactory.get().binaryDecoder(bytes, null));
            } catch (IOException | RuntimeException e) {
                throw new SerializationException("not a record of " + topic.name(), e);
            }
        });
    }
}
