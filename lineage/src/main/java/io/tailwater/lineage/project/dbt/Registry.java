package io.tailwater.lineage.project.dbt;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Nodes and sources of all projects of a repository, by the names that templates use. */
final class Registry {
    private final Map<String, Node> nodesById = new LinkedHashMap<>();
    private final Map<String, List<Node>> readableByName = new HashMap<>();
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

    void add(SourceTable source) {
        sourcesById.putIfAbsent(source.id(), source);
    }

    void remove(Node node) {
        nodesById.remove(node.id);
        readableByName.getOrDefault(node.name, new ArrayList<>()).remove(node);
    }

    Iterable<Node> nodes() {
        return nodesById.values();
    }

    Iterable<SourceTable> sources() {
        return sourcesById.values();
    }

    /** The node whose relation a declared source is, by what both are called in the database; null if there is none. */
    @Nullable
    Node behind(SourceTable source) {
        if (source.schema() == null) {
            return null;
        }
        Node found = null;
        for (Node node : nodesById.values()) {
            if (node.kind.readable() && isCalled(node, source)) {
                if (found != null) {
                    return null;
                }
                found = node;
            }
        }
        return found;
    }

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
