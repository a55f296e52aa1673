package io.tailwater.lineage.project.kafka;

import io.tailwater.lineage.graph.SourceLocation;
import io.tailwater.lineage.project.YamlValue;
import io.tailwater.lineage.project.YamlValue.Mapping;
import io.tailwater.lineage.project.YamlValue.Scalar;
import io.tailwater.lineage.project.YamlValue.Sequence;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Avro schemas in JSON (https://avro.apache.org/docs/current/specification/). Named types are found over all files. A record that another one holds is a part of
 * that one and no schema of its own.
 */
final class AvroSchemas {
    private final Map<String, Named> named = new LinkedHashMap<>();
    private final List<String> tops = new ArrayList<>();
    private final Set<String> held = new HashSet<>();

    private record Named(YamlValue schema, String namespace, String path) {}

    private record Open(
            YamlValue schema, String namespace, @Nullable String holder) {}

    /** The records of all files that no other record holds. */
    static List<RecordSchema> of(Map<String, YamlValue> files) {
        AvroSchemas schemas = new AvroSchemas();
        files.forEach(schemas::collect);
        List<RecordSchema> records = new ArrayList<>();
        for (String name : schemas.tops) {
            Named top = schemas.named.get(name);
            if (top != null && !schemas.held.contains(name)) {
                records.add(new RecordSchema(
                        name,
                        SourceLocation.of(top.path(), Math.max(1, top.schema().line())),
                        schemas.fields(top, new ArrayDeque<>(List.of(name)), new RecordSchema.Budget())));
            }
        }
        return records;
    }

    /** Notes all named types of a file, and which records hold which. */
    private void collect(String path, YamlValue root) {
        Deque<Open> left = new ArrayDeque<>();
        left.add(new Open(root, "", null));
        while (!left.isEmpty()) {
            Open open = left.pop();
            switch (open.schema()) {
                case Sequence union ->
                    union.items().forEach(item -> left.add(new Open(item, open.namespace(), open.holder())));
                case Scalar reference -> {
                    String name = fullName(reference.text(), open.namespace());
                    if (open.holder() != null && !name.equals(open.holder())) {
                        held.add(name);
                    }
                }
                case Mapping mapping -> collect(path, mapping, open, left);
            }
        }
    }

    private void collect(String path, Mapping schema, Open open, Deque<Open> left) {
        String type = schema.text("type");
        String name = schema.text("name");
        boolean isRecord = "record".equals(type) || "error".equals(type);
        if (isRecord && name != null) {
            String namespace = namespace(schema, open.namespace());
            String full = fullName(name, namespace);
            if (named.putIfAbsent(full, new Named(schema, namespace, path)) == null && open.holder() == null) {
                tops.add(full);
            }
            if (open.holder() != null) {
                held.add(full);
            }
            for (YamlValue field : schema.items("fields")) {
                YamlValue inner = field.get("type");
                if (inner != null) {
                    left.add(new Open(inner, namespace, full));
                }
            }
            return;
        }
        for (String part : List.of("type", "items", "values")) {
            YamlValue inner = schema.get(part);
            if (inner != null && !(inner instanceof Scalar scalar && isKeyword(scalar.text()))) {
                left.add(new Open(inner, open.namespace(), open.holder()));
            }
        }
    }

    private List<RecordSchema.Field> fields(Named schema, Deque<String> inside, RecordSchema.Budget budget) {
        List<RecordSchema.Field> fields = new ArrayList<>();
        for (YamlValue field : schema.schema().items("fields")) {
            String name = field.text("name");
            YamlValue type = field.get("type");
            if (name != null && type != null && budget.takes()) {
                Typed typed = typed(type, field, schema, inside, budget);
                fields.add(new RecordSchema.Field(
                        name,
                        typed.type(),
                        SourceLocation.of(schema.path(), Math.max(1, field.line())),
                        typed.fields()));
            }
        }
        return fields;
    }

    private record Typed(String type, List<RecordSchema.Field> fields) {}

    private Typed typed(
            YamlValue type, YamlValue holder, Named around, Deque<String> inside, RecordSchema.Budget budget) {
        return switch (type) {
            case Scalar scalar -> ofName(scalar.text(), holder, around, inside, budget);
            case Sequence union -> {
                List<YamlValue> some = union.items().stream()
                        .filter(item ->
                                !(item instanceof Scalar scalar && scalar.text().equals("null")))
                        .toList();
                yield some.size() == 1
                        ? typed(some.getFirst(), holder, around, inside, budget)
                        : new Typed("union", List.of());
            }
            case Mapping mapping -> ofMapping(mapping, around, inside, budget);
        };
    }

    private Typed ofMapping(Mapping type, Named around, Deque<String> inside, RecordSchema.Budget budget) {
        YamlValue kind = type.get("type");
        String word = type.text("type");
        if (word == null) {
            return kind == null || inside.size() > RecordSchema.DEEPEST
                    ? new Typed("unknown", List.of())
                    : typed(kind, type, around, inside, budget);
        }
        return switch (word) {
            case "array", "map" -> {
                YamlValue element = type.get(word.equals("array") ? "items" : "values");
                Typed inner = element == null || inside.size() > RecordSchema.DEEPEST
                        ? new Typed("unknown", List.of())
                        : typed(element, type, around, deeper(inside), budget);
                yield new Typed(word + "<" + inner.type() + ">", inner.fields());
            }
            case "record", "error" -> {
                String name = type.text("name");
                yield name == null
                        ? new Typed("unknown", List.of())
                        : record(fullName(name, namespace(type, around.namespace())), inside, budget);
            }
            case "enum", "fixed" -> new Typed(word, List.of());
            default -> ofName(word, type, around, inside, budget);
        };
    }

    private Typed ofName(
            String word, YamlValue holder, Named around, Deque<String> inside, RecordSchema.Budget budget) {
        if (isKeyword(word)) {
            String logical = holder.text("logicalType");
            return new Typed(logical == null ? word : logical, List.of());
        }
        String full = fullName(word, around.namespace());
        return named.containsKey(full) ? record(full, inside, budget) : new Typed(word, List.of());
    }

    private Typed record(String name, Deque<String> inside, RecordSchema.Budget budget) {
        Named inner = named.get(name);
        if (inner == null || inside.contains(name) || inside.size() > RecordSchema.DEEPEST) {
            return new Typed("record", List.of());
        }
        Deque<String> path = new ArrayDeque<>(inside);
        path.push(name);
        return new Typed("record", fields(inner, path, budget));
    }

    private static Deque<String> deeper(Deque<String> inside) {
        Deque<String> path = new ArrayDeque<>(inside);
        path.push("[]");
        return path;
    }

    private static boolean isKeyword(String word) {
        return switch (word) {
            case "null",
                    "boolean",
                    "int",
                    "long",
                    "float",
                    "double",
                    "bytes",
                    "string",
                    "record",
                    "error",
                    "enum",
                    "fixed",
                    "array",
                    "map" -> true;
            default -> false;
        };
    }

    private static String namespace(YamlValue schema, String around) {
        String name = schema.text("name");
        if (name != null && name.indexOf('.') > 0) {
            return name.substring(0, name.lastIndexOf('.'));
        }
        String own = schema.text("namespace");
        return own == null ? around : own;
    }

    private static String fullName(String name, String namespace) {
        return name.indexOf('.') >= 0 || namespace.isEmpty() ? name : namespace + "." + name;
    }
}
