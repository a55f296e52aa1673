package io.tailwater.testing;

import io.tailwater.schemas.serde.TrustedRecords;
import io.tailwater.schemas.topic.Topic;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;

/** The example files of the module that declares the records. */
final class TopicExamples {

    private static final Path RESOURCES = Path.of("../schemas/src/test/resources");

    private TopicExamples() {}

    /** Every example of a topic's value, each read by the form of the schema that its file's name begins with. */
    static <V extends SpecificRecord> List<V> of(Topic<?, V> topic) throws IOException {
        TrustedRecords.install();
        SpecificData data = SpecificData.getForClass(topic.valueType());
        Schema schema = data.getSchema(topic.valueType());
        String name = topic.valueType().getSimpleName();
        List<V> values = new ArrayList<>();
        try (Stream<Path> files = Files.list(RESOURCES.resolve("examples").resolve(name))) {
            for (Path file : files.sorted().toList()) {
                String version = file.getFileName().toString().split("-", 2)[0];
                Schema then = new Schema.Parser()
                        .parse(RESOURCES
                                .resolve("schemas")
                                .resolve(version)
                                .resolve(name + ".avsc")
                                .toFile());
                SpecificDatumReader<V> reader = new SpecificDatumReader<>(then, schema, data);
                values.add(reader.read(null, DecoderFactory.get().jsonDecoder(then, Files.readString(file))));
            }
        }
        return values;
    }

    /** The value in Avro's binary encoding, without any framing. */
    static byte[] avro(SpecificRecord value) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
        Schema schema = value.getSchema();
        new SpecificDatumWriter<>(schema, SpecificData.getForSchema(schema)).write(value, encoder);
        encoder.flush();
        return bytes.toByteArray();
    }
}
