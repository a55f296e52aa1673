package io.tailwater.schemas.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailwater.schemas.event.Origin;
import io.tailwater.schemas.event.Provenance;
import io.tailwater.schemas.event.RepositoryEvent;
import io.tailwater.schemas.event.RepositoryEventKind;
import io.tailwater.schemas.topic.RepositoryKey;
import io.tailwater.schemas.topic.Topics;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TopicSerdesTest {

    private static final String TOPIC = Topics.REPOSITORY_EVENTS.name();
    private static final String SUBJECT = TOPIC + "-value";

    private final FakeRegistry registry = new FakeRegistry();

    @AfterEach
    void stopRegistry() {
        registry.close();
    }

    @Test
    void framesTheValueWithZeroAndTheIdOfItsSchema() {
        registry.put("other", Schema.create(Schema.Type.STRING));
        byte[] bytes = serde(Map.of()).serializer().serialize(TOPIC, event());
        assertThat(Arrays.copyOf(bytes, 5)).containsExactly(0, 0, 0, 0, 2);
        assertThat(serde(Map.of()).deserializer().deserialize(TOPIC, bytes)).isEqualTo(event());
    }

    @Test
    void asksTheRegistryOncePerSchema() {
        Serde<RepositoryEvent> serde = serde(Map.of());
        byte[] bytes = serde.serializer().serialize(TOPIC, event());
        serde.serializer().serialize(TOPIC, event());
        serde.deserializer().deserialize(TOPIC, bytes);
        serde.deserializer().deserialize(TOPIC, bytes);
        assertThat(registry.requests())
                .containsExactly("POST /subjects/" + SUBJECT + "/versions", "GET /schemas/ids/1");
    }

    @Test
    void keepsTombstones() {
        assertThat(serde(Map.of()).serializer().serialize(TOPIC, null)).isNull();
        assertThat(serde(Map.of()).deserializer().deserialize(TOPIC, null)).isNull();
    }

    @Test
    void looksUpWithoutRegisteringWhenToldSo() {
        Map<String, Object> config = Map.of("auto.register.schemas", "false");
        assertThatThrownBy(() -> serde(config).serializer().serialize(TOPIC, event()))
                .isInstanceOf(SchemaRegistryException.class)
                .hasMessageContaining("subject " + SUBJECT)
                .hasMessageContaining("40401");
        registry.put(SUBJECT, RepositoryEvent.getClassSchema());
        assertThat(serde(config).serializer().serialize(TOPIC, event())).startsWith(0, 0, 0, 0, 1);
    }

    @Test
    void writesWithTheNewestRegisteredSchemaWhenToldSo() {
        Schema newest = withExtraField(RepositoryEvent.getClassSchema());
        int id = registry.put(SUBJECT, newest);
        byte[] bytes = serde(Map.of("use.latest.version", true, "auto.register.schemas", false))
                .serializer()
                .serialize(TOPIC, event());
        assertThat(ByteBuffer.wrap(bytes, 1, 4).getInt()).isEqualTo(id);
        assertThat(serde(Map.of()).deserializer().deserialize(TOPIC, bytes)).isEqualTo(event());
    }

    @Test
    void refusesANewestSchemaThatCannotTakeTheRecord() {
        registry.put(
                SUBJECT,
                SchemaBuilder.record(RepositoryEvent.getClassSchema().getFullName())
                        .fields()
                        .requiredString("unheardOf")
                        .endRecord());
        assertThatThrownBy(() -> serde(Map.of("use.latest.version", true, "auto.register.schemas", false))
                        .serializer()
                        .serialize(TOPIC, event()))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("newest schema of subject " + SUBJECT)
                .hasMessageContaining("unheardOf");
    }

    @Test
    void namesTopicAndSubjectOfARecordThatDoesNotFitItsSchema() {
        assertThatThrownBy(() -> serde(Map.of()).serializer().serialize(TOPIC, new RepositoryEvent()))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining(TOPIC)
                .hasMessageContaining(SUBJECT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "00", "00000000", "0100000001", "7b22612200"})
    void takesBytesWithoutAFrameForPoison(String hex) {
        assertThatThrownBy(() -> serde(Map.of()).deserializer().deserialize(TOPIC, bytes(hex)))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining(TOPIC);
        assertThat(registry.requests()).isEmpty();
    }

    @Test
    void takesAnUnknownSchemaIdForPoison() {
        assertThatThrownBy(() -> serde(Map.of()).deserializer().deserialize(TOPIC, bytes("000000006300")))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining(TOPIC)
                .hasMessageContaining("id 99")
                .hasMessageContaining("40403");
    }

    @Test
    void takesARecordOfAnotherTypeForPoison() {
        registry.put(SUBJECT, Provenance.getClassSchema());
        assertThatThrownBy(() -> serde(Map.of()).deserializer().deserialize(TOPIC, bytes("000000000100")))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("Provenance, not");
    }

    @Test
    void takesEveryTruncatedRecordForPoison() {
        byte[] whole = serde(Map.of()).serializer().serialize(TOPIC, event());
        Serde<RepositoryEvent> serde = serde(Map.of());
        for (int length = 0; length < whole.length; length++) {
            byte[] part = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> serde.deserializer().deserialize(TOPIC, part))
                    .as("first %d bytes", length)
                    .isInstanceOf(SerializationException.class);
        }
    }

    @Test
    void takesTrailingBytesAndAbsurdLengthsForPoison() {
        byte[] whole = serde(Map.of()).serializer().serialize(TOPIC, event());
        byte[] longer = Arrays.copyOf(whole, whole.length + 1);
        assertThatThrownBy(() -> serde(Map.of()).deserializer().deserialize(TOPIC, longer))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("left over");
        // The first field is a string; its length claims two gigabytes less nine bytes.
        assertThatThrownBy(() -> serde(Map.of()).deserializer().deserialize(TOPIC, bytes("0000000001eeffffff0f41")))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("damaged");
    }

    @Test
    void readsKeysAndNamesTheTopicOfAKeyThatIsNone() {
        Serde<RepositoryKey> serde = TopicSerdes.of(config(Map.of())).key(Topics.REPOSITORY_EVENTS);
        RepositoryKey key = new RepositoryKey("{w}", "{r}");
        byte[] bytes = serde.serializer().serialize(TOPIC, key);
        assertThat(new String(bytes, StandardCharsets.UTF_8)).isEqualTo("{w}/{r}");
        assertThat(serde.deserializer().deserialize(TOPIC, bytes)).isEqualTo(key);
        assertThatThrownBy(() -> serde.deserializer().deserialize(TOPIC, new byte[] {'x'}))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining(TOPIC);
    }

    @Test
    void takesTheSerializerFromConfiguration() {
        Map<String, Object> config = Map.of(TopicSerdes.SERIALIZER, StringSerializer.class.getName());
        assertThatThrownBy(() -> serde(config).serializer().serialize(TOPIC, event()))
                .isInstanceOf(ClassCastException.class);
        assertThatThrownBy(() -> serde(Map.of(TopicSerdes.SERIALIZER, "no.such.Class")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(TopicSerdes.SERIALIZER);
    }

    private Serde<RepositoryEvent> serde(Map<String, ?> extra) {
        return TopicSerdes.of(config(extra)).value(Topics.REPOSITORY_EVENTS);
    }

    private Map<String, Object> config(Map<String, ?> extra) {
        Map<String, Object> config = new HashMap<>(extra);
        config.put("schema.registry.url", registry.url());
        return config;
    }

    private static Schema withExtraField(Schema schema) {
        Schema wider = Schema.createRecord(schema.getName(), schema.getDoc(), schema.getNamespace(), false);
        var fields = new ArrayList<Schema.Field>();
        fields.add(new Schema.Field("addedLater", Schema.create(Schema.Type.INT), "New.", 7));
        schema.getFields().forEach(field -> fields.add(new Schema.Field(field, field.schema())));
        wider.setFields(fields);
        return wider;
    }

    private static RepositoryEvent event() {
        return RepositoryEvent.newBuilder()
                .setWorkspaceUuid("{w}")
                .setWorkspaceSlug("acme")
                .setRepositoryUuid("{r}")
                .setRepositorySlug("warehouse")
                .setConnectionId("acme")
                .setKind(RepositoryEventKind.BRANCH_MOVED)
                .setBranch("main")
                .setCommit("a0b1c2d3e4f5061728394a5b6c7d8e9f00112233")
                .setOccurredAt(Instant.ofEpochMilli(1_795_800_000_000L))
                .setProvenance(Provenance.newBuilder().setOrigin(Origin.WEBHOOK).build())
                .build();
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex);
    }
}
