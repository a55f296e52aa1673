package io.tailwater.embedded;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tailwater.embedded.SchemaState.Version;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The registry's interface: what each method and path asks of the catalog. Query parameters that mean nothing here are
 * ignored, as clients send ever new ones.
 *
 * @see <a href="https://docs.confluent.io/platform/current/schema-registry/develop/api.html">Confluent's API reference</a>
 */
final class RegistryRoutes {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final SchemaCatalog catalog;

    RegistryRoutes(SchemaCatalog catalog) {
        this.catalog = catalog;
    }

    /**
     * The answer to one request.
     *
     * @param path decoded parts of the path
     * @param query the raw query, null for none
     * @param body the request's JSON, an empty object for none
     * @throws RegistryError for everything but success
     */
    JsonNode answer(String method, List<String> path, @Nullable String query, JsonNode body) {
        String area = path.isEmpty() ? "" : path.getFirst();
        List<String> rest = path.isEmpty() ? path : path.subList(1, path.size());
        Optional<JsonNode> answer = switch (area) {
            case "" -> "GET".equals(method) ? Optional.of(NODES.objectNode()) : Optional.empty();
            case "schemas" -> schemas(method, rest);
            case "subjects" -> subjects(method, rest, body);
            case "config" -> config(method, rest, query, body);
            case "compatibility" -> compatibility(method, rest, query, body);
            case "mode" ->
                "GET".equals(method) ? Optional.of(NODES.objectNode().put("mode", "READWRITE")) : Optional.empty();
            default -> throw new RegistryError(404, 404, "HTTP 404 Not Found");
        };
        return answer.orElseThrow(() -> new RegistryError(
                405, 405, method + " /" + String.join("/", path) + " is not offered by the embedded" + " registry"));
    }

    private Optional<JsonNode> schemas(String method, List<String> path) {
        if (!"GET".equals(method) || path.isEmpty()) {
            return Optional.empty();
        }
        if (path.equals(List.of("types"))) {
            return Optional.of(NODES.arrayNode().add("AVRO"));
        }
        if (!"ids".equals(path.getFirst()) || path.size() < 2) {
            return Optional.empty();
        }
        String id = path.get(1);
        String view = path.size() > 2 ? path.get(2) : "";
        return Optional.ofNullable(
                switch (view) {
                    case "" -> NODES.objectNode().put("schema", schemaText(id));
                    case "schema" -> json(schemaText(id));
                    case "subjects" ->
                        texts(catalog.read(state -> state.uses(id)).stream()
                                .map(Version::subject)
                                .toList());
                    case "versions" -> uses(id);
                    default -> null;
                });
    }

    private String schemaText(String id) {
        return catalog.read(state -> state.schema(id));
    }

    private ArrayNode uses(String id) {
        ArrayNode uses = NODES.arrayNode();
        for (Version version : catalog.read(state -> state.uses(id))) {
            uses.addObject().put("subject", version.subject()).put("version", version.version());
        }
        return uses;
    }

    private Optional<JsonNode> subjects(String method, List<String> path, JsonNode body) {
        String route = method + " " + path.size();
        String subject = path.isEmpty() ? "" : path.getFirst();
        if (path.size() > 1 && !"versions".equals(path.get(1))) {
            return Optional.empty();
        }
        return Optional.ofNullable(
                switch (route) {
                    case "GET 0" -> texts(catalog.read(SchemaState::subjects));
                    case "POST 1" -> lookUp(subject, SchemaCatalog.parse(body));
                    case "GET 2" -> numbers(catalog.read(state -> state.versions(subject)));
                    case "POST 2" ->
                        NODES.objectNode()
                                .put(
                                        "id",
                                        catalog.register(subject, SchemaCatalog.parse(body))
                                                .id());
                    case "GET 3" -> describe(catalog.read(state -> state.version(subject, path.get(2))));
                    case "GET 4" ->
                        "schema".equals(path.get(3))
                                ? json(catalog.read(state -> state.version(subject, path.get(2)))
                                        .schema())
                                : null;
                    default -> null;
                });
    }

    private JsonNode lookUp(String subject, Schema schema) {
        return describe(catalog.read(state -> {
            state.versions(subject);
            return state.holding(subject, schema).orElseThrow(() -> RegistryError.noSchema("in subject " + subject));
        }));
    }

    private Optional<JsonNode> config(String method, List<String> path, @Nullable String query, JsonNode body) {
        if (path.size() > 1) {
            return Optional.empty();
        }
        @Nullable String subject = path.isEmpty() ? null : path.getFirst();
        if ("PUT".equals(method)) {
            String wanted = body.path("compatibility").asText();
            Compatibility level =
                    Compatibility.named(wanted).orElseThrow(() -> RegistryError.invalidCompatibility(wanted));
            catalog.setLevel(subject, level);
            return Optional.of(NODES.objectNode().put("compatibility", level.name()));
        }
        if (!"GET".equals(method)) {
            return Optional.empty();
        }
        Compatibility level = catalog.read(state -> {
            if (subject == null) {
                return state.globalLevel();
            }
            if (isSet(query, "defaultToGlobal")) {
                return state.level(subject);
            }
            return state.ownLevel(subject).orElseThrow(() -> RegistryError.noSubjectCompatibility(subject));
        });
        return Optional.of(NODES.objectNode().put("compatibilityLevel", level.name()));
    }

    private Optional<JsonNode> compatibility(String method, List<String> path, @Nullable String query, JsonNode body) {
        boolean known = path.size() >= 3
                && path.size() <= 4
                && "subjects".equals(path.get(0))
                && "versions".equals(path.get(2));
        if (!known || !"POST".equals(method)) {
            return Optional.empty();
        }
        String subject = path.get(1);
        Schema schema = SchemaCatalog.parse(body);
        List<Version> earlier = path.size() == 4
                ? catalog.read(state -> List.of(state.version(subject, path.get(3))))
                : catalog.read(state -> state.find(subject));
        List<String> objections = catalog.objections(subject, schema, earlier);
        ObjectNode answer = NODES.objectNode().put("is_compatible", objections.isEmpty());
        if (isSet(query, "verbose")) {
            answer.set("messages", texts(objections));
        }
        return Optional.of(answer);
    }

    private static boolean isSet(@Nullable String query, String name) {
        return query != null && Arrays.asList(query.split("&")).contains(name + "=true");
    }

    private static ObjectNode describe(Version version) {
        return NODES.objectNode()
                .put("subject", version.subject())
                .put("version", version.version())
                .put("id", version.id())
                .put("schema", version.schema());
    }

    private static JsonNode json(String schema) {
        try {
            return JSON.readTree(schema);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a registered schema is not JSON", e);
        }
    }

    private static ArrayNode texts(Collection<String> texts) {
        ArrayNode array = NODES.arrayNode();
        texts.forEach(array::add);
        return array;
    }

    private static ArrayNode numbers(List<Version> versions) {
        ArrayNode array = NODES.arrayNode();
        versions.forEach(version -> array.add(version.version()));
        return array;
    }
}
