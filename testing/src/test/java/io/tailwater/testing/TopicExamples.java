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

    private static final Path FILES = Path.of("../schemas/src/test/resources/examples");

    private TopicExamples() {}

    /** Every example of a topic's value. */
    static <V extends SpecificRecord> List<V> of(Topic<?, V> topic) throws IOException {
        TrustedRecords.install();
        SpecificData data = SpecificData.getForClass(topic.valueType());
        Schema schema = data.getSchema(topic.valueType());
        List<V> values = new ArrayList<>();
        try (Stream<Path> files = Files.list(FILES.resolve(topic.valueType().getSimpleName()))) {
            for (Path file : files.sorted().toList()) {
                SpecificDatumReader<V> reader = new SpecificDatumReader<>(schema, schema, data);
                values.add(reader.read(null, DecoderFactory.get().jsonDecoder(schema, Files.readString(file))));
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
