package io.tailwater.lineage.project;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A value in a YAML file, with the line it starts at (counted from 1). */
public sealed interface YamlValue {
    /** The line it starts at. */
    int line();

    /**
     * A scalar.
     *
     * @param text as written, without quotes
     * @param kind what YAML takes it for
     * @param line the line it starts at
     */
    record Scalar(String text, ScalarKind kind, int line) implements YamlValue {}

    /** What YAML takes a scalar for. */
    enum ScalarKind {
        TEXT,
        INTEGER,
        REAL,
        BOOLEAN,
        NULL
    }

    /**
     * A sequence.
     *
     * @param items its items
     * @param line the line it starts at
     */
    record Sequence(List<YamlValue> items, int line) implements YamlValue {}

    /**
     * A mapping.
     *
     * @param entries its entries in order; of doubled keys the last
     * @param keyLines the line of each key
     * @param line the line it starts at
     */
    record Mapping(Map<String, YamlValue> entries, Map<String, Integer> keyLines, int line) implements YamlValue {}

    /** The value under a key; null if this is no mapping or has no such key. */
    default @Nullable YamlValue get(String key) {
        return this instanceof Mapping mapping ? mapping.entries().get(key) : null;
    }

    /** The text under a key; null if there is none. */
    default @Nullable String text(String key) {
        return get(key) instanceof Scalar scalar && scalar.kind() != ScalarKind.NULL ? scalar.text() : null;
    }

    /** The items under a key; empty if there are none. A lone scalar counts as a sequence of one. */
    default List<YamlValue> items(String key) {
        YamlValue value = get(key);
        if (value instanceof Sequence sequence) {
            return sequence.items();
        }
        return value instanceof Scalar scalar && scalar.kind() != ScalarKind.NULL ? List.of(scalar) : List.of();
    }

    /** The texts under a key; empty if there are none. */
    default List<String> texts(String key) {
        return items(key).stream()
                .filter(Scalar.class::isInstance)
                .map(item -> ((Scalar) item).text())
                .toList();
    }

    /** The entries under a key; empty if there are none. */
    default Map<String, YamlValue> entries(String key) {
        return get(key) instanceof Mapping mapping ? mapping.entries() : Map.of();
    }
}
