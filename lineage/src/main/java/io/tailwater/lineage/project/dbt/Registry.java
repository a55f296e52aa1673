package io.tailwater.lineage.project.dbt;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Nodes and sources of all projects of a repository, by the names that templates use. */
final class Registry {
    private final Map<String, Node> nodesById = new LinkedHashMap<>();
    private final Map<String, List<Node>> readableByName = new HashMap<>();
    private final Map<String, List<Node>> versionsByModel = new HashMap<>();
    private final Map<String, SourceTable> sourcesById = new LinkedHashMap<>();

    /** Adds a node; false if one of the same id is there already. */
    boolean add(Node node) {
        if (nodesById.putIfAbsent(node.id, node) != null) {
            return false;
        }
        if (node.kind.readable()) {
            readableByName.computeIfAbsent(node.name, name -> new ArrayList<>()).add(node);
        }
        return true;
    }

    /** Makes a node findable as a version of a model, the latest one also by the model's name alone. */
    void addVersion(Node node, ModelVersions.Version version) {
        versionsByModel
                .computeIfAbsent(version.model(), name -> new ArrayList<>())
                .add(node);
        List<String> names = new ArrayList<>(List.of(version.model() + ".v" + version.number()));
        if (version.latest()) {
            names.add(version.model());
        }
        for (String name : names) {
            List<Node> named = readableByName.computeIfAbsent(name, key -> new ArrayList<>());
            if (!named.contains(node)) {
                named.add(node);
            }
        }
    }

    /** Whether a project has versions of a model. */
    boolean isVersioned(DbtProject project, String model) {
        return versionsByModel.getOrDefault(model, List.of()).stream().anyMatch(node -> node.project == project);
    }

    /** All nodes of a project that a declaration under a model's name is about: its versions, or the one of that name. */
    List<Node> declaredAs(DbtProject project, String model) {
        List<Node> versions = versionsByModel.getOrDefault(model, List.of()).stream()
                .filter(node -> node.project == project)
                .toList();
        Node single = versions.isEmpty() ? nodesById.get("dbt." + project.name() + "." + model) : null;
        return single == null ? versions : List.of(single);
    }

    void add(SourceTable source) {
        sourcesById.putIfAbsent(source.id(), source);
    }

    void remove(Node node) {
        nodesById.remove(node.id);
        readableByName.values().forEach(named -> named.remove(node));
        versionsByModel.values().forEach(versions -> versions.remove(node));
    }

    Iterable<Node> nodes() {
        return nodesById.values();
    }

    Iterable<SourceTable> sources() {
        return sourcesById.values();
    }

    /** Sources that are nodes of this repository, as a rule of another project in it: by the id of the source, the node. */
    Map<String, Node> behindSources() {
        Map<String, List<Node>> byIdentifier = new HashMap<>();
        for (Node node : nodesById.values()) {
            if (node.kind.readable()) {
                byIdentifier
                        .computeIfAbsent(folded(node.identifier()), name -> new ArrayList<>())
                        .add(node);
            }
        }
        Map<String, Node> behind = new LinkedHashMap<>();
        for (SourceTable source : sourcesById.values()) {
            List<Node> called = byIdentifier.getOrDefault(folded(source.identifier()), List.of()).stream()
                    .filter(node -> isCalled(node, source))
                    .limit(2)
                    .toList();
            if (called.size() == 1) {
                behind.put(source.id(), called.get(0));
            }
        }
        return behind;
    }

    private static String folded(String identifier) {
        return identifier.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
    }

    /** Whether a declared source has the node's name in the database. */
    private static boolean isCalled(Node node, SourceTable source) {
        boolean sameDatabase = source.database() == null
                || node.database == null
                || node.database.contains("{")
                || source.database().equalsIgnoreCase(node.database);
        return sameDatabase
                && source.identifier().equalsIgnoreCase(node.identifier())
                && source.schema() != null
                && source.schema().equalsIgnoreCase(node.schema);
    }

    @Nullable
    Node node(String id) {
        return nodesById.get(id);
    }

    @Nullable
    SourceTable source(String id) {
        return sourcesById.get(id);
    }

    /** What {@code ref} means in a project: its own node, or the only one of that name elsewhere in the repository. */
    @Nullable
    Node find(DbtProject asking, @Nullable String packageName, String name) {
        List<Node> candidates = readableByName.getOrDefault(name, List.of());
        Node elsewhere = null;
        int others = 0;
        for (Node candidate : candidates) {
            if (packageName != null) {
                if (candidate.project.name().equals(packageName)) {
                    return candidate;
                }
            } else if (candidate.project == asking) {
                return candidate;
            } else {
                elsewhere = candidate;
                others++;
            }
        }
        return packageName == null && others == 1 ? elsewhere : null;
    }
}
