package io.tailwater.lineage.project.dbt;

import io.tailwater.lineage.graph.Completeness;
import io.tailwater.lineage.graph.Dataset;
import io.tailwater.lineage.graph.DatasetRole;
import io.tailwater.lineage.graph.SourceLocation;
import io.tailwater.lineage.graph.Unresolved;
import io.tailwater.lineage.project.ExtractionCache;
import io.tailwater.lineage.project.LinkedSource;
import io.tailwater.lineage.project.ProjectReader;
import io.tailwater.lineage.project.SourceTree;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads every dbt project of a repository. */
public final class DbtProjectReader implements ProjectReader {
    @Override
    public Reading read(SourceTree files, ExtractionCache cache) {
        ProjectFinder finder = new ProjectFinder(files);
        List<DbtProject> projects = finder.find();
        List<Unresolved> unresolved = new ArrayList<>(finder.unresolved());
        Set<String> paths = new LinkedHashSet<>();
        unresolved.forEach(open -> paths.add(open.location().path()));
        MacroLibrary macros = new MacroLibrary();
        projects.forEach(project -> macros.addProject(files, project));
        Registry registry = new Registry();
        Map<DbtProject, Properties> properties = new LinkedHashMap<>();
        for (DbtProject project : projects) {
            if (!project.installed()) {
                Properties declared = Properties.of(files, project);
                properties.put(project, declared);
                new NodeFinder(files, project, declared, registry, macros, unresolved).find();
                paths.add(project.path());
                paths.addAll(declared.paths());
                unresolved.addAll(declared.unresolved());
            }
        }
        projects.stream()
                .filter(DbtProject::installed)
                .forEach(project -> files.pathsIn(project.folder(), "").forEach(files::take));
        unresolved.addAll(macros.unresolved());
        paths.addAll(macros.paths());
        registry.nodes().forEach(node -> paths.add(node.path));
        List<Dataset> datasets = extract(files, cache, registry, macros, properties);
        paths.forEach(files::take);
        for (DbtProject project : properties.keySet()) {
            files.pathsIn(project.folder(), ".sql").stream()
                    .filter(path -> path.startsWith(project.inside("target/")) || inAny(path, project.analysisPaths()))
                    .forEach(files::take);
        }
        datasets.forEach(dataset -> unresolved.addAll(dataset.unresolved()));
        Set<String> notAnalysed = new LinkedHashSet<>();
        for (Dataset dataset : datasets) {
            if (dataset.completeness() == Completeness.PARTIAL || dataset.completeness() == Completeness.UNKNOWN) {
                notAnalysed.add(dataset.location().path());
            }
        }
        notAnalysed.retainAll(paths);
        return new Reading(datasets, unresolved, paths, notAnalysed);
    }

    private static boolean inAny(String path, List<String> folders) {
        return folders.stream().anyMatch(folder -> path.startsWith(folder + "/"));
    }

    private static List<Dataset> extract(
            SourceTree files,
            ExtractionCache cache,
            Registry registry,
            MacroLibrary macros,
            Map<DbtProject, Properties> properties) {
        NodeRenderer renderer = new NodeRenderer(registry, macros);
        RelationNaming naming = new RelationNaming(macros, registry);
        Map<Node, NodeRenderer.Rendering> renderings = firstRendering(files, registry, renderer, naming);
        Map<String, Dataset> datasets = new LinkedHashMap<>();
        SourceDatasets sources = new SourceDatasets(files);
        registry.sources().forEach(source -> datasets.put(source.id(), sources.dataset(source)));
        NodeDatasets nodes =
                new NodeDatasets(files, cache, registry, datasets, properties, new Hooks(registry, macros));
        Map<String, Node> behindSources = registry.behindSources();
        Map<Node, List<String>> sourcesOf = new HashMap<>();
        behindSources.forEach((sourceId, node) ->
                sourcesOf.computeIfAbsent(node, key -> new ArrayList<>()).add(sourceId));
        for (Node node : NodeOrder.of(registry, behindSources)) {
            NodeRenderer.Rendering rendering = renderings.get(node);
            if (rendering != null && (node.asksForColumns || namesRenamed(node, registry))) {
                rendering = renderer.render(node, nodes::columnNames);
                renderings.put(node, rendering);
            }
            Dataset dataset = nodes.dataset(node, rendering);
            datasets.put(dataset.id(), dataset);
            for (String sourceId : sourcesOf.getOrDefault(node, List.of())) {
                Dataset declared = datasets.get(sourceId);
                if (declared != null) {
                    Dataset linked = LinkedSource.of(declared, dataset);
                    datasets.put(sourceId, linked);
                    nodes.define(linked);
                }
            }
        }
        decideByProofs(registry, renderings, nodes, datasets);
        properties.forEach((project, declared) -> readers(project, declared, registry, datasets)
                .forEach(dataset -> datasets.putIfAbsent(dataset.id(), dataset)));
        addNamedOnly(datasets, registry, properties);
        return List.copyOf(datasets.values());
    }

    /** What the property files of a project declare that reads datasets. */
    private static List<Dataset> readers(
            DbtProject project, Properties declared, Registry registry, Map<String, Dataset> datasets) {
        List<Dataset> readers = new ArrayList<>(new GenericTests(project, registry, datasets.keySet()).of(declared));
        SemanticLayer semantics = new SemanticLayer(project, registry);
        readers.addAll(semantics.of(declared));
        readers.addAll(new Exposures(project, registry, semantics).of(declared));
        readers.addAll(new UnitTests(project, registry).of(declared));
        return readers;
    }

    /** Reads those queries again whose open columns are proven by other queries. */
    private static void decideByProofs(
            Registry registry,
            Map<Node, NodeRenderer.Rendering> renderings,
            NodeDatasets nodes,
            Map<String, Dataset> datasets) {
        ColumnProofs proofs = ColumnProofs.of(datasets);
        nodes.learn(proofs);
        for (Node node : registry.nodes()) {
            Dataset dataset = datasets.get(node.id);
            if (dataset != null && proofs.bearOn(dataset, node.references)) {
                datasets.put(node.id, nodes.again(node, renderings.get(node), proofs));
            }
        }
    }

    /** Renders all nodes without knowing columns: for configuration, references and everything that needs no columns. */
    private static Map<Node, NodeRenderer.Rendering> firstRendering(
            SourceTree files, Registry registry, NodeRenderer renderer, RelationNaming naming) {
        Map<Node, NodeRenderer.Rendering> renderings = new HashMap<>();
        List<Node> disabled = new ArrayList<>();
        for (Node node : registry.nodes()) {
            files.checkTime();
            if (node.kind != Node.Kind.SEED && node.kind != Node.Kind.PYTHON) {
                renderings.put(node, renderer.render(node, id -> null));
            }
            naming.name(node);
            if (!node.enabled()) {
                disabled.add(node);
            }
        }
        disabled.forEach(registry::remove);
        return renderings;
    }

    /** Whether the node names one whose relation has another name than the node, which the first rendering may not have known. */
    private static boolean namesRenamed(Node node, Registry registry) {
        return node.references.stream().anyMatch(id -> {
            Node target = registry.node(id);
            return target != null && !target.identifier().equals(target.name);
        });
    }

    /** Adds the datasets that others read and nothing here declares. */
    private static void addNamedOnly(
            Map<String, Dataset> datasets, Registry registry, Map<DbtProject, Properties> properties) {
        Map<String, Dataset> named = new LinkedHashMap<>();
        for (Dataset dataset : datasets.values()) {
            dataset.reads().forEach(read -> {
                if (!datasets.containsKey(read.datasetId())) {
                    named.computeIfAbsent(read.datasetId(), id -> namedOnly(id, read.location(), properties));
                }
            });
            dataset.rowDependencies()
                    .forEach(dependency -> named.computeIfAbsent(
                            dependency.datasetId(), id -> namedOnly(id, dependency.location(), properties)));
            dataset.columns()
                    .forEach(column -> column.dependencies()
                            .forEach(dependency -> named.computeIfAbsent(
                                    dependency.datasetId(), id -> namedOnly(id, dependency.location(), properties))));
        }
        named.forEach(datasets::putIfAbsent);
    }

    private static Dataset namedOnly(String id, SourceLocation location, Map<DbtProject, Properties> properties) {
        boolean reference = id.startsWith("dbt.") || id.startsWith("dbt_source.");
        String name = reference ? id.substring(id.lastIndexOf('.') + 1) : id.substring("table.".length());
        boolean ownProject = properties.keySet().stream()
                .anyMatch(project -> id.startsWith("dbt." + project.name() + ".")
                        || id.startsWith("dbt_source." + project.name() + "."));
        DatasetRole role = reference && ownProject ? DatasetRole.MISSING : DatasetRole.REFERENCED;
        return new Dataset(
                id,
                name,
                reference ? null : name,
                reference ? (id.startsWith("dbt.") ? "model" : "source") : "table",
                role,
                location,
                false,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Completeness.UNKNOWN,
                List.of(),
                null);
    }
}
