package io.tailwater.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.tailwater.schemas.serde.TrustedRecords;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.DatumWriter;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.Encoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Example files of each event type, read and written by code of then (the checked-in schema) and of now. */
class ExamplesTest {

    private static final Path EXAMPLES = Path.of("src/test/resources/examples");
    private static final ObjectMapper JSON = new ObjectMapper();

    /** One example: its file and the class of the value. */
    record Example(Path file, Class<? extends SpecificRecord> type) {
        @Override
        public String toString() {
            return EXAMPLES.relativize(file).toString();
        }

        String version() {
            return file.getFileName().toString().split("-", 2)[0];
        }

        Schema then() throws IOException {
            return Declared.then(version(), type);
        }

        GenericRecord read() throws IOException {
            DatumReader<GenericRecord> reader = new GenericDatumReader<>(then());
            return reader.read(null, DecoderFactory.get().jsonDecoder(then(), Files.readString(file)));
        }
    }

    @BeforeAll
    static void trustOurClasses() {
        TrustedRecords.install();
    }

    static List<Example> examples() throws IOException {
        List<Example> examples = new ArrayList<>();
        for (Class<? extends SpecificRecord> type : Declared.valueTypes()) {
            try (Stream<Path> files = Files.list(EXAMPLES.resolve(type.getSimpleName()))) {
                files.sorted().forEach(file -> examples.add(new Example(file, type)));
            }
        }
        return examples;
    }

    @ParameterizedTest
    @MethodSource("examples")
    void newCodeReadsTheExampleAndOldCodeReadsItBackUnchanged(Example example) throws IOException {
        Schema then = example.then();
        Schema now = Declared.now(example.type());
        SpecificData data = SpecificData.getForClass(example.type());

        byte[] written = binary(new GenericDatumWriter<>(then), example.read());
        SpecificRecord value = binary(new SpecificDatumReader<SpecificRecord>(then, now, data), written);
        assertThat(value).isInstanceOf(example.type());

        byte[] rewritten = binary(new SpecificDatumWriter<>(now, data), value);
        GenericRecord readBack = binary(new GenericDatumReader<GenericRecord>(now, then), rewritten);
        assertThat(JSON.readTree(json(then, readBack))).isEqualTo(JSON.readTree(Files.readString(example.file())));
    }

    @Test
    void everyTypeHasAtLeastTwoExamples() throws IOException {
        for (Class<? extends SpecificRecord> type : Declared.valueTypes()) {
            assertThat(examples().stream().filter(example -> example.type() == type))
                    .as(type.getSimpleName())
                    .hasSizeGreaterThan(1);
        }
    }

    @Test
    void everyFieldHasAValueInSomeExample() throws IOException {
        Set<String> declared = new TreeSet<>();
        for (Schema schema : Declared.named()) {
            if (schema.getType() == Schema.Type.RECORD) {
                schema.getFields().forEach(field -> declared.add(schema.getName() + "." + field.name()));
            }
        }
        Set<String> seen = new TreeSet<>();
        for (Example example : examples()) {
            collect(example.read(), seen);
        }
        assertThat(seen).isEqualTo(declared);
    }

    private static void collect(Object value, Set<String> seen) {
        switch (value) {
            case IndexedRecord record -> {
                for (Schema.Field field : record.getSchema().getFields()) {
                    Object content = record.get(field.pos());
                    if (content != null && !isEmpty(content)) {
                        seen.add(record.getSchema().getName() + "." + field.name());
                        collect(content, seen);
                    }
                }
            }
            case Collection<?> items -> items.forEach(item -> collect(item, seen));
            default -> {}
        }
    }

    private static boolean isEmpty(Object content) {
        return (content instanceof Collection<?> items && items.isEmpty())
                || (content instanceof Map<?, ?> map && map.isEmpty());
    }

    private static <T> byte[] binary(DatumWriter<T> writer, T value) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Encoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
        writer.write(value, encoder);
        encoder.flush();
        return bytes.toByteArray();
    }

    private static <T> T binary(DatumReader<T> reader, byte[] bytes) throws IOException {
        return reader.read(null, DecoderFactory.get().binaryDecoder(bytes, null));
    }

    private static String json(Schema schema, GenericRecord value) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Encoder encoder = EncoderFactory.get().jsonEncoder(schema, bytes);
        new GenericDatumWriter<>(schema).write(value, encoder);
        encoder.flush();
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
