package io.tailwater.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.Incompatibility;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Services of different versions run side by side, and topics are replayed: both directions must hold. */
class SchemaCompatibilityTest {

    static List<Class<? extends SpecificRecord>> valueTypes() {
        return Declared.valueTypes();
    }

    @ParameterizedTest
    @MethodSource("valueTypes")
    void newCodeReadsWhatTheFirstVersionWrote(Class<? extends SpecificRecord> type) throws IOException {
        assertThat(obstacles(Declared.now(type), Declared.then("v1", type))).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("valueTypes")
    void theFirstVersionReadsWhatNewCodeWrites(Class<? extends SpecificRecord> type) throws IOException {
        assertThat(obstacles(Declared.then("v1", type), Declared.now(type))).isEmpty();
    }

    @Test
    void aFieldAddedWithoutDefaultIsNoticed() {
        Schema before = new Schema.Parser().parse("{\"type\":\"record\",\"name\":\"R\",\"fields\":[]}");
        Schema after = new Schema.Parser()
                .parse("{\"type\":\"record\",\"name\":\"R\",\"fields\":[{\"name\":\"a\",\"type\":\"int\"}]}");
        assertThat(obstacles(after, before)).isNotEmpty();
    }

    private static List<String> obstacles(Schema reader, Schema writer) {
        return SchemaCompatibility.checkReaderWriterCompatibility(reader, writer)
                .getResult()
                .getIncompatibilities()
                .stream()
                .map(Incompatibility::toString)
                .toList();
    }
}
