package io.tailwater.schemas;

import io.tailwater.schemas.topic.Topic;
import io.tailwater.schemas.topic.Topics;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;

/** The schemas of the product: as declared now, and as they were in a checked-in version. */
final class Declared {

    private Declared() {}

    /** Classes of all topic values. */
    static List<Class<? extends SpecificRecord>> valueTypes() {
        return Topics.ALL.stream()
                .<Class<? extends SpecificRecord>>map(Topic::valueType)
                .toList();
    }

    /** The schema now. */
    static Schema now(Class<?> type) {
        return SpecificData.get().getSchema(type);
    }

    /** The schema as checked in for a version such as "v1". */
    static Schema then(String version, Class<?> type) throws IOException {
        String name = "/schemas/" + version + "/" + type.getSimpleName() + ".avsc";
        try (InputStream file = Objects.requireNonNull(Declared.class.getResourceAsStream(name), name)) {
            return new Schema.Parser().parse(file);
        }
    }

    /** Every record and enum reachable from the values, by full name. */
    static Collection<Schema> named() {
        Map<String, Schema> found = new LinkedHashMap<>();
        Deque<Schema> open = new ArrayDeque<>();
        valueTypes().forEach(type -> open.add(now(type)));
        while (!open.isEmpty()) {
            Schema schema = open.pop();
            switch (schema.getType()) {
                case RECORD -> {
                    if (found.put(schema.getFullName(), schema) == null) {
                        schema.getFields().forEach(field -> open.add(field.schema()));
                    }
                }
                case ENUM -> found.put(schema.getFullName(), schema);
                case UNION -> open.addAll(schema.getTypes());
                case ARRAY -> open.add(schema.getElementType());
                case MAP -> open.add(schema.getValueType());
                default -> {}
            }
        }
        return found.values();
    }
}
