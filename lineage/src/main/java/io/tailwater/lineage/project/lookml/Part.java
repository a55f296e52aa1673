package io.tailwater.lineage.project.lookml;

import io.tailwater.lineage.graph.SourceLocation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A view, explore, field, join or other named block, after what is written in several places was put together. */
final class Part {
    private static final Set<String> FIELDS =
            Set.of("dimension", "dimension_group", "measure", "filter", "parameter", "field");

    final String kind;
    final String name;
    final Place place;
    private final Map<String, List<Attribute>> attributes = new LinkedHashMap<>();
    private final Map<String, Part> parts = new LinkedHashMap<>();
    private final Set<LookmlFile> files = new LinkedHashSet<>();

    /** A place in a file. */
    record Place(LookmlFile file, int offset) {
        SourceLocation location() {
            return file.at(offset);
        }
    }

    /** A parameter and the file it stands in. */
    record Attribute(Node node, LookmlFile file) {
        String text() {
            return node.text() == null ? "" : node.text();
        }

        SourceLocation at(int offset) {
            return file.at(offset);
        }

        SourceLocation location() {
            return file.at(node.start());
        }
    }

    private Part(String kind, String name, Place place) {
        this.kind = kind;
        this.name = name;
        this.place = place;
    }

    /** The block as it is written in one place. */
    static Part of(Node node, String name, LookmlFile file) {
        Part part = new Part(node.key(), name, new Place(file, node.start()));
        part.files.add(file);
        for (Node child : node.children()) {
            String text = child.text();
            if (child.isNamedBlock() && text != null) {
                Part inner = of(child, text.startsWith("+") ? text.substring(1) : text, file);
                part.parts.merge(key(inner), inner, Part::with);
            } else {
                part.attributes
                        .computeIfAbsent(child.key(), key -> new ArrayList<>())
                        .add(new Attribute(child, file));
            }
        }
        return part;
    }

    private static String key(Part part) {
        return (isField(part) ? "field" : part.kind) + ":" + part.name;
    }

    private static boolean isField(Part part) {
        return FIELDS.contains(part.kind);
    }

    /** This part with another one on top: what both say, the other one says. The place is this part's. */
    Part with(Part over) {
        Part merged = new Part(over.kind, name, place);
        merged.files.addAll(files);
        merged.files.addAll(over.files);
        merged.attributes.putAll(attributes);
        over.attributes.forEach((key, values) -> {
            List<Attribute> before = merged.attributes.get(key);
            if (before != null && key.equals("extends")) {
                List<Attribute> all = new ArrayList<>(before);
                all.addAll(values);
                merged.attributes.put(key, all);
            } else {
                merged.attributes.put(key, values);
            }
        });
        merged.parts.putAll(parts);
        over.parts.forEach((key, part) -> merged.parts.merge(key, part, Part::with));
        return merged;
    }

    /** The same with the name and place of another part, which stands for it. */
    Part standingFor(Part other) {
        Part copy = new Part(kind, other.name, other.place);
        copy.attributes.putAll(attributes);
        copy.parts.putAll(parts);
        copy.files.addAll(files);
        return copy;
    }

    /** Ids of the contents it is made of. */
    String blobIds() {
        return String.join("+", files.stream().map(LookmlFile::blobId).toList());
    }

    /** The last parameter of that name; null if there is none. */
    @Nullable
    Attribute attribute(String key) {
        List<Attribute> found = attributes.get(key);
        return found == null ? null : found.get(found.size() - 1);
    }

    /** All parameters of that name. */
    List<Attribute> attributes(String key) {
        return attributes.getOrDefault(key, List.of());
    }

    /** The text of a parameter; null if there is none. */
    @Nullable
    String text(String key) {
        Attribute attribute = attribute(key);
        return attribute == null ? null : attribute.node().text();
    }

    /** Whether a parameter says yes. */
    boolean says(String key) {
        String text = text(key);
        return "yes".equals(text) || "true".equals(text);
    }

    /** Items of all lists under a key, and lone values, each with its place. */
    List<Attribute> items(String key) {
        List<Attribute> items = new ArrayList<>();
        for (Attribute attribute : attributes(key)) {
            if (attribute.node().shape() == Node.Shape.LIST) {
                attribute.node().children().forEach(child -> items.add(new Attribute(child, attribute.file())));
            } else {
                items.add(attribute);
            }
        }
        return items;
    }

    /** Fields of a view by name. */
    Map<String, Part> fields() {
        Map<String, Part> fields = new LinkedHashMap<>();
        parts.values().stream().filter(Part::isField).forEach(part -> fields.put(part.name, part));
        return fields;
    }

    /** Named blocks of a kind. */
    List<Part> parts(String partKind) {
        return parts.values().stream()
                .filter(part -> part.kind.equals(partKind))
                .toList();
    }

    /** A named block; null if there is none. */
    @Nullable
    Part part(String partKind, String partName) {
        return parts.get(partKind + ":" + partName);
    }
}
