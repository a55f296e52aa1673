package io.tailwater.launcher.lineage;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tailwater.lineage.sql.batch.BatchCase;
import io.tailwater.lineage.sql.batch.BatchResult;
import io.tailwater.lineage.sql.result.UpstreamColumn;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads cases and writes results of the {@code lineage} command: a fixed contract, fields may be added, none renamed. */
public final class LineageJson {

    private final ObjectMapper json = new ObjectMapper();

    /**
     * Reads one case.
     *
     * @throws IllegalArgumentException naming the field, when the text is no case
     */
    public BatchCase readCase(String line) {
        JsonNode node = parse(line);
        JsonNode statements = node.get("statements");
        if (statements == null || !statements.isArray()) {
            throw new IllegalArgumentException("\"statements\" is missing or no array");
        }
        List<@Nullable String> sessions = new ArrayList<>();
        elements(node, "sessions").forEach(session -> sessions.add(session.isNull() ? null : session.asText()));
        return new BatchCase(
                requiredId(node),
                text(node, "dialect"),
                text(node, "default_db"),
                text(node, "default_schema"),
                columns(node.path("schema"), "schema"),
                sources(node.path("sources")),
                strings(statements, "statements"),
                sessions);
    }

    /** The id of a text that is no valid case, or an empty one where even that cannot be read. */
    public String idOf(String line) {
        try {
            return parse(line).path("id").asText("");
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    /**
     * Reads a schema file: an object of table name to list of column names.
     *
     * @throws IllegalArgumentException when it is something else
     */
    public Map<String, List<String>> readSchema(String text) {
        return columns(parse(text), "the schema");
    }

    /** The result as one line. */
    public String write(BatchResult result) {
        return write(result, false);
    }

    /** The result over several lines, for people. */
    public String writePretty(BatchResult result) {
        return write(result, true);
    }

    private String write(BatchResult result, boolean pretty) {
        ObjectNode root = json.createObjectNode();
        root.put("id", result.id());
        result.tablesIn().forEach(root.putArray("tables_in")::add);
        result.tablesOut().forEach(root.putArray("tables_out")::add);
        ArrayNode columns = root.putArray("columns");
        for (BatchResult.Column column : result.columns()) {
            ObjectNode node = columns.addObject();
            writePair(node.putArray("down"), column.table(), column.column());
            ArrayNode up = node.putArray("up");
            column.up().forEach(upstream -> writeUpstream(up.addArray(), upstream));
        }
        ArrayNode indirect = root.putArray("indirect");
        for (BatchResult.Indirect dependency : result.indirect()) {
            ObjectNode node = indirect.addObject();
            node.put("kind", dependency.kind());
            writeUpstream(node.putArray("up"), dependency.up());
            writePair(node.putArray("down"), dependency.table(), dependency.column());
        }
        ArrayNode unresolved = root.putArray("unresolved");
        for (BatchResult.Open open : result.unresolved()) {
            unresolved.addObject().put("what", open.what()).put("reason", open.reason());
        }
        root.put("recovered", result.recovered());
        root.put("error", result.error());
        try {
            return pretty
                    ? json.writerWithDefaultPrettyPrinter().writeValueAsString(root)
                    : json.writeValueAsString(root);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("writing a tree of plain values as JSON", e);
        }
    }

    private static void writeUpstream(ArrayNode pair, UpstreamColumn upstream) {
        writePair(pair, upstream.table() == null ? null : upstream.table().qualifiedName(), upstream.column());
    }

    private static void writePair(ArrayNode pair, @Nullable String table, @Nullable String column) {
        pair.add(table).add(column);
    }

    private JsonNode parse(String text) {
        JsonNode node;
        try {
            node = json.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("no JSON: " + e.getOriginalMessage(), e);
        }
        if (!node.isObject()) {
            throw new IllegalArgumentException("no JSON object");
        }
        return node;
    }

    private static String requiredId(JsonNode node) {
        JsonNode id = node.get("id");
        if (id == null || id.isNull()) {
            throw new IllegalArgumentException("\"id\" is missing");
        }
        return id.asText();
    }

    private static @Nullable String text(JsonNode node, String field) {
        JsonNode value = node.get(field);
        return value == null || value.isNull() ? null : value.asText();
    }

    private static Iterable<JsonNode> elements(JsonNode node, String field) {
        JsonNode value = node.path(field);
        if (value.isMissingNode() || value.isNull()) {
            return List.of();
        }
        if (!value.isArray()) {
            throw new IllegalArgumentException("\"" + field + "\" is no array");
        }
        return value;
    }

    private static List<String> strings(JsonNode array, String field) {
        List<String> texts = new ArrayList<>();
        for (JsonNode element : array) {
            if (!element.isTextual()) {
                throw new IllegalArgumentException(field + " holds something that is no text");
            }
            texts.add(element.textValue());
        }
        return texts;
    }

    private static Map<String, List<String>> columns(JsonNode node, String field) {
        Map<String, List<String>> tables = new LinkedHashMap<>();
        if (node.isMissingNode() || node.isNull()) {
            return tables;
        }
        for (Map.Entry<String, JsonNode> table : node.properties()) {
            JsonNode columns = table.getValue();
            if (columns.isObject()) {
                List<String> names = new ArrayList<>();
                columns.fieldNames().forEachRemaining(names::add);
                tables.put(table.getKey(), names);
            } else if (columns.isArray()) {
                tables.put(table.getKey(), strings(columns, field + "." + table.getKey()));
            } else {
                throw new IllegalArgumentException(field + "." + table.getKey() + " is no list of column names");
            }
        }
        return tables;
    }

    private static Map<String, String> sources(JsonNode node) {
        Map<String, String> sources = new LinkedHashMap<>();
        if (node.isMissingNode() || node.isNull()) {
            return sources;
        }
        for (Map.Entry<String, JsonNode> source : node.properties()) {
            sources.put(source.getKey(), source.getValue().asText());
        }
        return sources;
    }
}
