package io.tailwater.lineage.project.liquibase;

import io.tailwater.lineage.project.XmlElement;
import io.tailwater.lineage.project.YamlValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An element of a changelog, whatever notation it is written in.
 *
 * @param name such as {@code createTable}
 * @param attributes scalars by their names
 * @param children elements in it, in order
 * @param text characters in it
 * @param line where it starts
 * @param textLine where its text starts
 */
record Node(String name, Map<String, String> attributes, List<Node> children, String text, int line, int textLine) {
    /** Lists that XML does not know: what stands in them stands in the element that has them. */
    private static final Set<String> WRAPPERS = Set.of("changes", "columns", "databaseChangeLog");

    Node {
        attributes = new LinkedHashMap<>(attributes);
        children = List.copyOf(children);
    }

    @Nullable
    String attribute(String key) {
        return attributes.get(key);
    }

    /** Elements of that name directly in it. */
    List<Node> children(String wanted) {
        return children.stream().filter(child -> child.name.equals(wanted)).toList();
    }

    /** An XML element; the reader of XML bounds depth and size. */
    static Node of(XmlElement element) {
        return new Node(
                element.name(),
                element.attributes(),
                element.children().stream().map(Node::of).toList(),
                element.text(),
                element.line(),
                element.textLine());
    }

    /** A value of YAML or JSON under a key; the reader of YAML bounds depth and size. */
    static Node of(String name, YamlValue value, int line) {
        Map<String, String> attributes = new LinkedHashMap<>();
        List<Node> children = new ArrayList<>();
        String text = "";
        int textLine = value.line();
        switch (value) {
            case YamlValue.Scalar scalar -> {
                text = scalar.text();
                textLine = textLine(scalar);
            }
            case YamlValue.Sequence sequence ->
                sequence.items().forEach(item -> item(name, item, children, attributes));
            case YamlValue.Mapping mapping -> {
                for (Map.Entry<String, YamlValue> entry : mapping.entries().entrySet()) {
                    int at = mapping.keyLines()
                            .getOrDefault(entry.getKey(), entry.getValue().line());
                    switch (entry.getValue()) {
                        case YamlValue.Scalar scalar -> {
                            attributes.put(entry.getKey(), scalar.text());
                            if (scalar.text().length() > text.length()) {
                                text = scalar.text();
                                textLine = textLine(scalar);
                            }
                        }
                        case YamlValue.Sequence sequence -> {
                            if (WRAPPERS.contains(entry.getKey())) {
                                sequence.items().forEach(item -> item(entry.getKey(), item, children, attributes));
                            } else {
                                children.add(of(entry.getKey(), sequence, at));
                            }
                        }
                        case YamlValue.Mapping inner -> children.add(of(entry.getKey(), inner, at));
                    }
                }
            }
        }
        return new Node(name, attributes, children, text, line, textLine);
    }

    /** An item of a list: {@code - column: {…}} is an element by its own name, {@code - onFail: HALT} an attribute as well. */
    private static void item(String list, YamlValue item, List<Node> into, Map<String, String> attributes) {
        if (item instanceof YamlValue.Mapping mapping && mapping.entries().size() == 1) {
            String key = mapping.entries().keySet().iterator().next();
            YamlValue value = mapping.entries().values().iterator().next();
            if (value instanceof YamlValue.Scalar scalar) {
                attributes.putIfAbsent(key, scalar.text());
            }
            into.add(of(key, value, mapping.keyLines().getOrDefault(key, mapping.line())));
        } else {
            into.add(of(list, item, item.line()));
        }
    }

    /** A text over several lines starts after the sign that announces it. */
    private static int textLine(YamlValue.Scalar scalar) {
        return scalar.text().indexOf('\n') >= 0 ? scalar.line() + 1 : scalar.line();
    }
}
