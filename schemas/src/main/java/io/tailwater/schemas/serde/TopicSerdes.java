package io.tailwater.schemas.serde;

import io.tailwater.schemas.topic.RecordKey;
import io.tailwater.schemas.topic.Topic;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * Serdes for typed topics. Keys are UTF-8 text; values are Avro in Confluent's wire format.
 *
 * <p>Which classes do the Avro part is configuration: {@value #SERIALIZER} and {@value #DESERIALIZER} name them. Where
 * neither is set, the build's default holds: our own, or Confluent's when built with the Maven profile
 * {@code confluent}.
 */
public final class TopicSerdes {

    /** Property naming the class that writes values, e.g. {@code io.confluent.kafka.serializers.KafkaAvroSerializer}. */
    public static final String SERIALIZER = "tailwater.avro.serializer";

    /** Property naming the class that reads values. */
    public static final String DESERIALIZER = "tailwater.avro.deserializer";

    /** Property under which the serdes of one {@code TopicSerdes} share a registry client and so its caches. */
    private static final String SHARED_CLIENT = "tailwater.schema.registry.client";

    private final Map<String, Object> config;

    private TopicSerdes(Map<String, Object> config) {
        this.config = config;
    }

    /**
     * Serdes with these properties; nothing is contacted before the first record.
     *
     * @param config needs {@code schema.registry.url}; takes Confluent's further names and the two above
     * @throws ConfigException naming the property that is missing or malformed
     */
    public static TopicSerdes of(Map<String, ?> config) {
        TrustedRecords.install();
        Map<String, Object> own = new HashMap<>(config);
        own.put(SHARED_CLIENT, new SchemaRegistryClient(SchemaRegistryConfig.from(config)));
        SerdeDefaults defaults = SerdeDefaults.load();
        own.putIfAbsent(SERIALIZER, defaults.serializer());
        own.putIfAbsent(DESERIALIZER, defaults.deserializer());
        return new TopicSerdes(own);
    }

    /** Reads and writes the topic's keys; text that is no key of the topic is a {@link SerializationException}. */
    public <K extends RecordKey> Serde<K> key(Topic<K, ?> topic) {
        return Serdes.serdeFrom(
                (name, key) -> key == null ? null : key.text().getBytes(StandardCharsets.UTF_8),
                (name, bytes) -> readKey(name, bytes, topic));
    }

    private static <K extends RecordKey> @Nullable K readKey(String name, byte @Nullable [] bytes, Topic<K, ?> topic) {
        if (bytes == null) {
            return null;
        }
        try {
            return topic.keyParser().apply(new String(bytes, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            throw new SerializationException("reading a key of topic " + name + ": " + e.getMessage(), e);
        }
    }

    /**
     * Reads and writes the topic's values; null stands for a tombstone.
     *
     * @throws ConfigException when a configured class cannot be made
     */
    public <V extends SpecificRecord> Serde<V> value(Topic<?, V> topic) {
        Map<String, Object> properties = new HashMap<>(config);
        properties.put("specific.avro.reader", true);
        properties.put(AvroValueDeserializer.VALUE_TYPE, topic.valueType());
        Serializer<Object> writer = make(SERIALIZER, Serializer.class);
        writer.configure(properties, false);
        Deserializer<Object> reader = make(DESERIALIZER, Deserializer.class);
        reader.configure(properties, false);
        return Serdes.serdeFrom(new Writer<>(writer), new Reader<>(reader, topic.valueType()));
    }

    @SuppressWarnings("unchecked") // what a serializer accepts is erased; the class written is the topic's
    private <T> T make(String property, Class<? super T> kind) {
        Object named = config.get(property);
        try {
            Class<?> type = named instanceof Class<?> given ? given : Class.forName(String.valueOf(named));
            return (T) kind.cast(type.getDeclaredConstructor().newInstance());
        } catch (ReflectiveOperationException | ClassCastException e) {
            throw new ConfigException(property, named, "cannot be made into a " + kind.getSimpleName() + ": " + e);
        }
    }

    /** The client shared by one {@code TopicSerdes}, or a new one where a serializer is configured by itself. */
    static SchemaRegistryClient registry(Map<String, ?> properties) {
        return properties.get(SHARED_CLIENT) instanceof SchemaRegistryClient shared
                ? shared
                : new SchemaRegistryClient(SchemaRegistryConfig.from(properties));
    }

    private record Writer<V>(Serializer<Object> writer) implements Serializer<V> {
        @Override
        public byte @Nullable [] serialize(String topic, @Nullable V value) {
            return value == null ? null : writer.serialize(topic, value);
        }

        @Override
        public void close() {
            writer.close();
        }
    }

    private record Reader<V>(Deserializer<Object> reader, Class<V> type) implements Deserializer<V> {
        @Override
        public @Nullable V deserialize(String topic, byte @Nullable [] bytes) {
            Object value = bytes == null ? null : reader.deserialize(topic, bytes);
            if (value != null && !type.isInstance(value)) {
                throw new SerializationException("reading a record of topic " + topic + ": it is a "
                        + value.getClass().getName() + ", not a " + type.getName());
            }
            return type.cast(value);
        }

        @Override
        public void close() {
            reader.close();
        }
    }
}
