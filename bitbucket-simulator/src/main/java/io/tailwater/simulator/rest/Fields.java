package io.tailwater.simulator.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Bitbucket's {@code fields} parameter: {@code a.b,c} keeps only these, {@code -links} drops. What {@code +reviewers}
 * would add is not left out here in the first place, so it changes nothing. A collection whose selection leaves out
 * {@code next} loses its link to the next page, as on Bitbucket.
 */
final class Fields {

    private Fields() {}

    /** The part of an answer that was asked for. */
    static JsonNode select(JsonNode answer, @Nullable String fields) {
        if (fields == null || fields.isBlank()) {
            return answer;
        }
        List<List<String>> kept = new ArrayList<>();
        JsonNode result = answer;
        for (String field : fields.split(",")) {
            String text = field.strip();
            if (text.startsWith("-")) {
                result = result.deepCopy();
                drop(result, List.of(text.substring(1).split("\\.")));
            } else if (!text.isEmpty() && !text.startsWith("+")) {
                kept.add(List.of(text.split("\\.")));
            }
        }
        return kept.isEmpty() ? result : keep(result, kept);
    }

    private static void drop(JsonNode node, List<String> path) {
        if (node instanceof ArrayNode array) {
            array.forEach(element -> drop(element, path));
        } else if (node instanceof ObjectNode object) {
            if (path.size() == 1) {
                object.remove(path.getFirst());
            } else if (object.has(path.getFirst())) {
                drop(object.get(path.getFirst()), path.subList(1, path.size()));
            }
        }
    }

    private static JsonNode keep(JsonNode node, List<List<String>> paths) {
        if (paths.stream().anyMatch(List::isEmpty) || paths.contains(List.of("*"))) {
            return node;
        }
        if (node instanceof ArrayNode array) {
            ArrayNode elements = JsonNodeFactory.instance.arrayNode();
            array.forEach(element -> elements.add(keep(element, paths)));
            return elements;
        }
        ObjectNode chosen = JsonNodeFactory.instance.objectNode();
        node.properties().forEach(field -> {
            List<List<String>> below = paths.stream()
                    .filter(path -> path.getFirst().equals(field.getKey()))
                    .map(path -> path.subList(1, path.size()))
                    .toList();
            if (!below.isEmpty()) {
                chosen.set(field.getKey(), keep(field.getValue(), below));
            }
        });
        return chosen;
    }
}
