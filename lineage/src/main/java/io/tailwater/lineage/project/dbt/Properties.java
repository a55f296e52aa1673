package io.tailwater.lineage.project.dbt;

import io.tailwater.lineage.graph.SourceLocation;
import io.tailwater.lineage.graph.Unresolved;
import io.tailwater.lineage.project.SourceTree;
import io.tailwater.lineage.project.YamlOutcome;
import io.tailwater.lineage.project.YamlReader;
import io.tailwater.lineage.project.YamlValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the property files of a project declare. */
final class Properties {
    /**
     * A declaration.
     *
     * @param name its name
     * @param path path of the file
     * @param yaml the declaration
     */
    record Declared(String name, String path, YamlValue yaml) {
        SourceLocation location() {
            return SourceLocation.of(path, yaml.line());
        }
    }

    /**
     * A declared source table.
     *
     * @param source name of the source
     * @param table name of the table
     * @param path path of the file
     * @param group the source's declaration
     * @param yaml the table's declaration
     */
    record DeclaredSource(String source, String table, String path, YamlValue group, YamlValue yaml) {}

    private final Map<String, Declared> resources = new LinkedHashMap<>();
    private final List<Declared> snapshots = new ArrayList<>();
    private final List<DeclaredSource> sources = new ArrayList<>();
    private final List<Declared> exposures = new ArrayList<>();
    private final List<Declared> semanticModels = new ArrayList<>();
    private final List<Declared> metrics = new ArrayList<>();
    private final List<Declared> savedQueries = new ArrayList<>();
    private final List<Declared> unitTests = new ArrayList<>();
    private final Map<String, Declared> groups = new LinkedHashMap<>();
    private final List<Unresolved> unresolved = new ArrayList<>();
    private final List<String> paths = new ArrayList<>();

    static Properties of(SourceTree files, DbtProject project) {
        Properties properties = new Properties();
        List<String> folders = new ArrayList<>(project.modelPaths());
        folders.addAll(project.seedPaths());
        folders.addAll(project.snapshotPaths());
        folders.addAll(project.testPaths());
        folders.addAll(project.analysisPaths());
        for (String folder : folders.stream().distinct().toList()) {
            for (String path : files.pathsIn(folder, ".yml", ".yaml")) {
                if (!path.endsWith("dbt_project.yml") && !properties.paths.contains(path)) {
                    properties.read(files, path);
                }
            }
        }
        return properties;
    }

    private void read(SourceTree files, String path) {
        paths.add(path);
        String text = files.text(path);
        if (text == null) {
            unresolved.add(new Unresolved(SourceLocation.of(path, 1), files.problem(path), null, null));
            return;
        }
        switch (YamlReader.read(text)) {
            case YamlOutcome.Failed failed ->
                unresolved.add(new Unresolved(
                        SourceLocation.of(path, Math.max(1, failed.line())), failed.reason(), null, null));
            case YamlOutcome.Read read -> {
                if (read.root() != null) {
                    collect(path, read.root());
                }
            }
        }
    }

    private void collect(String path, YamlValue root) {
        for (String kind : List.of("models", "seeds", "snapshots", "analyses")) {
            for (YamlValue item : root.items(kind)) {
                String name = item.text("name");
                if (name != null) {
                    Declared declared = new Declared(name, path, item);
                    resources.put(name, declared);
                    if (kind.equals("snapshots")) {
                        snapshots.add(declared);
                    }
                }
            }
        }
        for (YamlValue group : root.items("sources")) {
            String source = group.text("name");
            for (YamlValue table : group.items("tables")) {
                String name = table.text("name");
                if (source != null && name != null) {
                    sources.add(new DeclaredSource(source, name, path, group, table));
                }
            }
        }
        named(path, root, "exposures", exposures);
        named(path, root, "semantic_models", semanticModels);
        named(path, root, "metrics", metrics);
        named(path, root, "saved_queries", savedQueries);
        named(path, root, "unit_tests", unitTests);
        for (YamlValue group : root.items("groups")) {
            String name = group.text("name");
            if (name != null) {
                groups.put(name, new Declared(name, path, group));
            }
        }
    }

    private static void named(String path, YamlValue root, String key, List<Declared> into) {
        for (YamlValue item : root.items(key)) {
            String name = item.text("name");
            if (name != null) {
                into.add(new Declared(name, path, item));
            }
        }
    }

    /** Declarations of models, seeds, snapshots and analyses by name. */
    Map<String, Declared> resources() {
        return resources;
    }

    List<Declared> snapshots() {
        return snapshots;
    }

    List<DeclaredSource> sources() {
        return sources;
    }

    List<Declared> exposures() {
        return exposures;
    }

    List<Declared> semanticModels() {
        return semanticModels;
    }

    List<Declared> metrics() {
        return metrics;
    }

    List<Declared> savedQueries() {
        return savedQueries;
    }

    List<Declared> unitTests() {
        return unitTests;
    }

    Map<String, Declared> groups() {
        return groups;
    }

    List<Unresolved> unresolved() {
        return unresolved;
    }

    List<String> paths() {
        return paths;
    }
}
