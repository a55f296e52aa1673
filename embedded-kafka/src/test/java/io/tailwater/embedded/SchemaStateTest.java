package io.tailwater.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.tailwater.embedded.SchemaState.Version;
import java.io.IOException;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Records in the form in which Confluent's registry writes them. */
class SchemaStateTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final SchemaState state = new SchemaState();

    @BeforeEach
    void twoVersions() throws IOException {
        apply("{\"keytype\":\"NOOP\",\"magic\":0}", null);
        apply(schemaKey(1), schemaValue(1, 10, "\\\"int\\\"", false));
        apply(schemaKey(2), schemaValue(2, 11, "\\\"long\\\"", false));
    }

    @Test
    void findsVersionsByNumberAndNewest() {
        assertThat(state.subjects()).containsExactly("s");
        assertThat(state.version("s", "1").id()).isEqualTo(10);
        assertThat(state.version("s", "latest").id()).isEqualTo(11);
        assertThat(state.schema("11")).isEqualTo("\"long\"");
        assertThat(state.uses("10")).extracting(Version::version).containsExactly(1);
    }

    @Test
    void hidesSoftlyDeletedVersionsButResolvesTheirIds() throws IOException {
        apply(schemaKey(2), schemaValue(2, 11, "\\\"long\\\"", true));
        assertThat(state.version("s", "latest").id()).isEqualTo(10);
        assertThat(state.schema("11")).isEqualTo("\"long\"");
        assertThat(state.next("s", Schema.create(Schema.Type.LONG)).version()).isEqualTo(3);
    }

    @Test
    void hidesADeletedSubject() throws IOException {
        apply("{\"keytype\":\"DELETE_SUBJECT\",\"subject\":\"s\",\"magic\":0}", "{\"subject\":\"s\",\"version\":2}");
        assertThat(state.subjects()).isEmpty();
        assertThatThrownBy(() -> state.versions("s")).isInstanceOf(RegistryError.class);
    }

    @Test
    void forgetsAVersionAtItsTombstone() throws IOException {
        apply(schemaKey(2), null);
        assertThat(state.versions("s")).hasSize(1);
    }

    @Test
    void givesAKnownSchemaItsIdAgainAndANewOneTheNext() {
        assertThat(state.next("other", Schema.create(Schema.Type.LONG)).id()).isEqualTo(11);
        assertThat(state.next("other", Schema.create(Schema.Type.BYTES)).id()).isEqualTo(12);
    }

    @Test
    void doesNotGiveAwayTheIdOfASchemaItCannotServe() throws IOException {
        apply(
                "{\"keytype\":\"SCHEMA\",\"subject\":\"p\",\"version\":1,\"magic\":1}",
                "{\"subject\":\"p\",\"version\":1,\"id\":20,\"schemaType\":\"PROTOBUF\",\"schema\":\"x\",\"deleted\":false}");
        assertThat(state.subjects()).containsExactly("s");
        assertThat(state.next("s", Schema.create(Schema.Type.BYTES)).id()).isEqualTo(21);
    }

    @Test
    void followsLevelsAndTheirRemoval() throws IOException {
        assertThat(state.level("s")).isEqualTo(Compatibility.BACKWARD);
        apply("{\"keytype\":\"CONFIG\",\"subject\":null,\"magic\":0}", "{\"compatibilityLevel\":\"FULL\"}");
        assertThat(state.level("s")).isEqualTo(Compatibility.FULL);
        apply("{\"keytype\":\"CONFIG\",\"subject\":\"s\",\"magic\":0}", "{\"compatibilityLevel\":\"NONE\"}");
        assertThat(state.level("s")).isEqualTo(Compatibility.NONE);
        apply("{\"keytype\":\"CONFIG\",\"subject\":\"s\",\"magic\":0}", null);
        assertThat(state.level("s")).isEqualTo(Compatibility.FULL);
    }

    @Test
    void leavesUnknownKindsAlone() throws IOException {
        apply("{\"keytype\":\"CONTEXT\",\"magic\":0}", "{}");
        assertThat(state.subjects()).containsExactly("s");
    }

    private static String schemaKey(int version) {
        return "{\"keytype\":\"SCHEMA\",\"subject\":\"s\",\"version\":" + version + ",\"magic\":1}";
    }

    private static String schemaValue(int version, int id, String schema, boolean deleted) {
        return "{\"subject\":\"s\",\"version\":" + version + ",\"id\":" + id + ",\"schema\":\"" + schema
                + "\",\"deleted\":" + deleted + "}";
    }

    private void apply(String key, @Nullable String value) throws IOException {
        state.apply(JSON.readTree(key), value == null ? null : JSON.readTree(value));
    }
}
