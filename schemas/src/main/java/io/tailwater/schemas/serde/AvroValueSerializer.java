package io.tailwater.schemas.serde;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DatumWriter;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * Writes generated records as Confluent's serializer does, byte for byte, under the property names of theirs that it
 * knows: {@code schema.registry.url}, {@code auto.register.schemas} (true), {@code use.latest.version} (false),
 * {@code latest.compatibility.strict} (true), {@code latest.cache.ttl.sec} (60), time limits, retries, credentials.
 *
 * <p>With {@code use.latest.version} the record is converted to the newest registered schema by Avro's resolution
 * rules, so that other field orders and added defaults come out right.
 */
public final class AvroValueSerializer implements Serializer<SpecificRecord> {

    private final Map<String, Latest> latest = new ConcurrentHashMap<>();
    private boolean isKey;
    private boolean autoRegister = true;
    private boolean useLatest;
    private boolean strict = true;
    private long latestNanos = Duration.ofSeconds(60).toNanos();
    private @Nullable SchemaRegistryClient registry;

    private record Latest(SchemaRegistryClient.Registered registered, long readAtNanos) {}

    /** Made by Kafka, which calls {@link #configure} next. */
    public AvroValueSerializer() {}

    @Override
    public void configure(Map<String, ?> properties, boolean key) {
        isKey = key;
        autoRegister = SchemaRegistryConfig.flag(properties, "auto.register.schemas", true);
        useLatest = SchemaRegistryConfig.flag(properties, "use.latest.version", false);
        strict = SchemaRegistryConfig.flag(properties, "latest.compatibility.strict", true);
        String seconds = SchemaRegistryConfig.text(properties, "latest.cache.ttl.sec");
        if (seconds != null && !"-1".equals(seconds)) {
            latestNanos = Duration.ofSeconds(Long.parseLong(seconds)).toNanos();
        }
        registry = TopicSerdes.registry(properties);
    }

    /**
     * The framed record, null for null.
     *
     * @throws SerializationException when the record does not fit its schema, or the registry refuses the schema
     * @throws SchemaRegistryUnavailableException when the registry cannot be asked
     */
    @Override
    public byte @Nullable [] serialize(String topic, @Nullable SpecificRecord value) {
        if (value == null) {
            return null;
        }
        if (registry == null) {
            throw new IllegalStateException("serialize before configure");
        }
        String subject = WireFormat.subject(topic, isKey);
        Schema own = value.getSchema();
        try {
            if (useLatest && !autoRegister) {
                SchemaRegistryClient.Registered newest = newest(registry, subject);
                return frame(
                        newest.id(), own.equals(newest.schema()) ? encode(value) : convert(value, newest, subject));
            }
            byte[] encoded = encode(value);
            return frame(autoRegister ? registry.register(subject, own) : registry.find(subject, own), encoded);
        } catch (IOException | AvroRuntimeException | ClassCastException | NullPointerException e) {
            throw new SerializationException(
                    "writing a record of type " + own.getFullName() + " to topic " + topic + " (subject " + subject
                            + "): " + e.getMessage(),
                    e);
        }
    }

    private SchemaRegistryClient.Registered newest(SchemaRegistryClient client, String subject) {
        Latest known = latest.get(subject);
        if (known == null || System.nanoTime() - known.readAtNanos() > latestNanos) {
            known = new Latest(client.latest(subject), System.nanoTime());
            latest.put(subject, known);
        }
        return known.registered();
    }

    private byte[] convert(SpecificRecord value, SchemaRegistryClient.Registered newest, String subject)
            throws IOException {
        Schema own = value.getSchema();
        if (strict) {
            var found = SchemaCompatibility.checkReaderWriterCompatibility(newest.schema(), own);
            if (found.getType() != SchemaCompatibilityType.COMPATIBLE) {
                List<String> reasons = new ArrayList<>();
                found.getResult().getIncompatibilities().forEach(reason -> reasons.add(reason.getMessage()));
                throw new SerializationException("the newest schema of subject " + subject + " (id " + newest.id()
                        + ") cannot take a " + own.getFullName() + ": " + reasons);
            }
        }
        var decoder = DecoderFactory.get().binaryDecoder(encode(value), null);
        Object converted = new GenericDatumReader<>(own, newest.schema()).read(null, decoder);
        return encode(new GenericDatumWriter<>(newest.schema()), converted);
    }

    private static byte[] encode(SpecificRecord value) throws IOException {
        Schema schema = value.getSchema();
        return encode(new SpecificDatumWriter<>(schema, SpecificData.getForSchema(schema)), value);
    }

    private static <T> byte[] encode(DatumWriter<T> writer, T value) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
        writer.write(value, encoder);
        encoder.flush();
        return bytes.toByteArray();
    }

    private static byte[] frame(int id, byte[] encoded) {
        return ByteBuffer.allocate(WireFormat.HEADER_BYTES + encoded.length)
                .put(WireFormat.MAGIC)
                .putInt(id)
                .put(encoded)
                .array();
    }
}
