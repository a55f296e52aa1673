package io.tailwater.embedded;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tailwater.embedded.SchemaState.Version;
import java.util.List;
import java.util.function.Function;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** Schemas under subjects: decides, writes to the topic first, then remembers. Safe for many threads. */
final class SchemaCatalog implements AutoCloseable {

    private final SchemaState state;
    private final SchemaTopic topic;

    private SchemaCatalog(SchemaState state, SchemaTopic topic) {
        this.state = state;
        this.topic = topic;
    }

    /** The catalog as the topic tells it. */
    static SchemaCatalog open(String bootstrapServers) {
        SchemaState state = new SchemaState();
        return new SchemaCatalog(state, SchemaTopic.open(bootstrapServers, state::apply));
    }

    /** An answer from the state as it is now. */
    synchronized <T> T read(Function<SchemaState, T> question) {
        return question.apply(state);
    }

    /** The version holding the schema, added when it is new; 409 when it does not suit the versions before it. */
    synchronized Version register(String subject, Schema schema) {
        var known = state.holding(subject, schema);
        if (known.isPresent()) {
            return known.get();
        }
        List<String> objections = objections(subject, schema, state.find(subject));
        if (!objections.isEmpty()) {
            throw new RegistryError(
                    409,
                    409,
                    "Schema being registered is incompatible with an earlier schema for subject \"" + subject
                            + "\", details: " + objections + " (compatibility: " + state.level(subject) + ")");
        }
        Version added = state.next(subject, schema);
        ObjectNode key = key("SCHEMA").put("subject", subject).put("version", added.version());
        ObjectNode value = JsonNodeFactory.instance
                .objectNode()
                .put("subject", subject)
                .put("version", added.version())
                .put("id", added.id())
                .put("schema", added.schema())
                .put("deleted", false);
        write(key.put("magic", 1), value);
        return added;
    }

    /** What stands against the schema as the subject's next version, were these the versions before it. */
    synchronized List<String> objections(String subject, Schema schema, List<Version> earlier) {
        return state.level(subject)
                .objections(schema, earlier.stream().map(Version::parsed).toList());
    }

    /** Sets the level of a subject, or of all that have none of their own when it is null. */
    synchronized void setLevel(@Nullable String subject, Compatibility level) {
        ObjectNode key = key("CONFIG").put("subject", subject).put("magic", 0);
        write(key, JsonNodeFactory.instance.objectNode().put("compatibilityLevel", level.name()));
    }

    private void write(JsonNode key, JsonNode value) {
        topic.write(key, value);
        state.apply(key, value);
    }

    /** Confluent's records are found again by their key's exact text, so the order of its fields matters. */
    private static ObjectNode key(String kind) {
        return JsonNodeFactory.instance.objectNode().put("keytype", kind);
    }

    /** Reads a schema, or says in the registry's words why it is none. */
    static Schema parse(JsonNode request) {
        String type = request.path("schemaType").asText("AVRO");
        if (!"AVRO".equals(type)) {
            throw RegistryError.invalidSchema("type " + type + " is not supported by the embedded registry");
        }
        if (!request.path("references").isEmpty()) {
            throw RegistryError.invalidSchema("references are not supported by the embedded registry");
        }
        if (!request.path("schema").isTextual()) {
            throw RegistryError.invalidSchema("no schema given");
        }
        try {
            return new Schema.Parser().parse(request.path("schema").asText());
        } catch (AvroRuntimeException e) {
            throw RegistryError.invalidSchema(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public void close() {
        topic.close();
    }
}
