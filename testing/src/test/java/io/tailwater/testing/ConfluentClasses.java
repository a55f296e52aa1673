package io.tailwater.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;

/**
 * Confluent's serializer and deserializer in a class loader that sees the JDK and their jar only, so with their own
 * Avro and Kafka classes. Values go in and out as plain Avro bytes; in between they are generic records of theirs.
 */
final class ConfluentClasses implements AutoCloseable {

    private final URLClassLoader loader;
    private final Object serializer;
    private final Object deserializer;

    ConfluentClasses(Path jar, String registryUrl) throws Exception {
        loader = new URLClassLoader(new URL[] {jar.toUri().toURL()}, ClassLoader.getPlatformClassLoader());
        Map<String, Object> properties = Map.of("schema.registry.url", registryUrl);
        serializer = inside(() -> make("io.confluent.kafka.serializers.KafkaAvroSerializer"));
        deserializer = inside(() -> make("io.confluent.kafka.serializers.KafkaAvroDeserializer"));
        for (Object side : new Object[] {serializer, deserializer}) {
            inside(() -> side.getClass()
                    .getMethod("configure", Map.class, boolean.class)
                    .invoke(side, properties, false));
        }
    }

    /** What their serializer writes for the value. */
    byte[] serialize(String topic, String schema, byte[] avro) throws Exception {
        return inside(() -> (byte[]) serializer
                .getClass()
                .getMethod("serialize", String.class, Object.class)
                .invoke(serializer, topic, decode(schema, avro)));
    }

    /** The value that their deserializer reads, encoded again with the schema it found. */
    byte[] deserialize(String topic, byte[] framed) throws Exception {
        return inside(() -> encode(deserializer
                .getClass()
                .getMethod("deserialize", String.class, byte[].class)
                .invoke(deserializer, topic, framed)));
    }

    private Object decode(String schemaText, byte[] avro) throws Exception {
        Class<?> schemaType = theirs("org.apache.avro.Schema");
        Object parser = make("org.apache.avro.Schema$Parser");
        Object schema = parser.getClass().getMethod("parse", String.class).invoke(parser, schemaText);
        Object reader = theirs("org.apache.avro.generic.GenericDatumReader")
                .getConstructor(schemaType)
                .newInstance(schema);
        Object factory =
                theirs("org.apache.avro.io.DecoderFactory").getMethod("get").invoke(null);
        Object decoder = factory.getClass()
                .getMethod("binaryDecoder", byte[].class, theirs("org.apache.avro.io.BinaryDecoder"))
                .invoke(factory, avro, null);
        return reader.getClass()
                .getMethod("read", Object.class, theirs("org.apache.avro.io.Decoder"))
                .invoke(reader, null, decoder);
    }

    private byte[] encode(Object record) throws Exception {
        Object schema = record.getClass().getMethod("getSchema").invoke(record);
        Object writer = theirs("org.apache.avro.generic.GenericDatumWriter")
                .getConstructor(theirs("org.apache.avro.Schema"))
                .newInstance(schema);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Object factory =
                theirs("org.apache.avro.io.EncoderFactory").getMethod("get").invoke(null);
        Object encoder = theirs("org.apache.avro.io.EncoderFactory")
                .getMethod("binaryEncoder", java.io.OutputStream.class, theirs("org.apache.avro.io.BinaryEncoder"))
                .invoke(factory, bytes, null);
        writer.getClass()
                .getMethod("write", Object.class, theirs("org.apache.avro.io.Encoder"))
                .invoke(writer, record, encoder);
        theirs("java.io.Flushable").getMethod("flush").invoke(encoder);
        return bytes.toByteArray();
    }

    /** Where the serializer's class came from, to show that it is not ours. */
    ClassLoader loaderOfSerializer() {
        return serializer.getClass().getClassLoader();
    }

    private Class<?> theirs(String name) throws ClassNotFoundException {
        return Class.forName(name, true, loader);
    }

    private Object make(String name) throws Exception {
        return theirs(name).getDeclaredConstructor().newInstance();
    }

    private <T> T inside(Callable<T> work) throws Exception {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try {
            return work.call();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    @Override
    public void close() throws IOException {
        loader.close();
    }
}
