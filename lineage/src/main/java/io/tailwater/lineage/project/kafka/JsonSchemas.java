package io.tailwater.lineage.project.kafka;

import io.tailwater.lineage.graph.SourceLocation;
import io.tailwater.lineage.project.YamlValue;
import io.tailwater.lineage.project.YamlValue.Mapping;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** JSON Schema (https://json-schema.org/draft/2020-12/json-schema-core): the properties of an object, with references inside the file. */
final class JsonSchemas {
    private final String path;
    private final YamlValue root;
    private final RecordSchema.Budget budget = new RecordSchema.Budget();

    private JsonSchemas(String path, YamlValue root) {
        this.path = path;
        this.root = root;
    }

    /** The record that a file describes, called by its title or the file's name; null if it describes no object with properties. */
    static @Nullable RecordSchema of(String path, YamlValue root) {
        if (!(root.get("properties") instanceof Mapping) || root.text("$schema") == null) {
            return null;
        }
        JsonSchemas schemas = new JsonSchemas(path, root);
        return new RecordSchema(
                SchemaFiles.stem(path),
                SourceLocation.of(path, Math.max(1, root.line())),
                schemas.fields(root, Set.of(), 0));
    }

    private List<RecordSchema.Field> fields(YamlValue schema, Set<String> references, int depth) {
        Map<String, RecordSchema.Field> fields = new LinkedHashMap<>();
        if (depth > RecordSchema.DEEPEST) {
            return List.of();
        }
        for (YamlValue part : schema.items("allOf")) {
            Resolved resolved = resolve(part, references);
            if (resolved != null) {
                fields(resolved.schema(), resolved.references(), depth + 1)
                        .forEach(field -> fields.put(field.name(), field));
            }
        }
        if (schema.get("properties") instanceof Mapping properties) {
            properties.entries().forEach((name, value) -> {
                if (budget.takes()) {
                    int line = properties.keyLines().getOrDefault(name, value.line());
                    fields.put(name, field(name, value, SourceLocation.of(path, Math.max(1, line)), references, depth));
                }
            });
        }
        return new ArrayList<>(fields.values());
    }

    private RecordSchema.Field field(
            String name, YamlValue value, SourceLocation at, Set<String> references, int depth) {
        Resolved resolved = resolve(value, references);
        if (resolved == null) {
            return new RecordSchema.Field(name, "object", at, List.of());
        }
        YamlValue schema = resolved.schema();
        YamlValue items = schema.get("items");
        if (items != null && depth <= RecordSchema.DEEPEST) {
            RecordSchema.Field element = field(name, items, at, resolved.references(), depth + 1);
            return new RecordSchema.Field(name, "array<" + element.type() + ">", at, element.fields());
        }
        return new RecordSchema.Field(name, type(schema), at, fields(schema, resolved.references(), depth + 1));
    }

    private static String type(YamlValue schema) {
        List<String> types = schema.texts("type").stream()
                .filter(type -> !type.equals("null"))
                .toList();
        String format = schema.text("format");
        String type = types.size() == 1 ? types.getFirst() : types.isEmpty() ? "any" : "union";
        return format == null ? type : type + " " + format;
    }

    private record Resolved(YamlValue schema, Set<String> references) {}

    /** What a reference inside the file stands for; null if it leads elsewhere, nowhere or in a circle. */
    private @Nullable Resolved resolve(YamlValue value, Set<String> references) {
        YamlValue at = value;
        Set<String> seen = references;
        while (at.text("$ref") != null) {
            String reference = at.text("$ref");
            if (reference == null || !reference.startsWith("#/") || seen.contains(reference)) {
                return null;
            }
            Set<String> more = new HashSet<>(seen);
            more.add(reference);
            seen = more;
            YamlValue target = root;
            for (String step : reference.substring(2).split("/")) {
                target = target == null
                        ? null
                        : target.get(step.replace("~1", "/").replace("~0", "~"));
            }
            if (target == null) {
                return null;
            }
            at = target;
        }
        return new Resolved(at, seen);
    }
}
