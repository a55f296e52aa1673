package io.tailwater.lineage.project.dbt;

import io.tailwater.lineage.graph.SourceLocation;
import io.tailwater.lineage.graph.Unresolved;
import io.tailwater.lineage.jinja.NamedBlock;
import io.tailwater.lineage.jinja.Template;
import io.tailwater.lineage.jinja.TemplateException;
import io.tailwater.lineage.jinja.Value;
import io.tailwater.lineage.project.SourceTree;
import io.tailwater.lineage.project.YamlValue;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the nodes and sources of a project and reads their templates and configuration. */
final class NodeFinder {
    private final SourceTree files;
    private final DbtProject project;
    private final Properties properties;
    private final Registry registry;
    private final DbtContext context;
    private final List<Unresolved> unresolved;
    private final ModelVersions versions;

    NodeFinder(
            SourceTree files,
            DbtProject project,
            Properties properties,
            Registry registry,
            MacroLibrary macros,
            List<Unresolved> unresolved) {
        this.files = files;
        this.project = project;
        this.properties = properties;
        this.registry = registry;
        this.context = new DbtContext(project, null, registry, macros, id -> null);
        this.unresolved = unresolved;
        this.versions = ModelVersions.of(properties);
    }

    void find() {
        for (String folder : project.modelPaths()) {
            files.pathsIn(folder, ".sql").forEach(path -> template(Node.Kind.MODEL, folder, path));
            files.pathsIn(folder, ".py").forEach(path -> plain(Node.Kind.PYTHON, folder, path, ".py"));
        }
        for (String folder : project.seedPaths()) {
            files.pathsIn(folder, ".csv").forEach(path -> plain(Node.Kind.SEED, folder, path, ".csv"));
        }
        for (String folder : project.snapshotPaths()) {
            files.pathsIn(folder, ".sql").forEach(path -> snapshots(folder, path));
        }
        for (String folder : project.testPaths()) {
            files.pathsIn(folder, ".sql").stream()
                    .filter(path -> !path.startsWith(folder + "/generic/"))
                    .forEach(path -> template(Node.Kind.TEST, folder, path));
        }
        for (String folder : project.analysisPaths()) {
            files.pathsIn(folder, ".sql").forEach(path -> template(Node.Kind.ANALYSIS, folder, path));
        }
        properties.snapshots().stream()
                .filter(declared -> declared.yaml().get("relation") != null)
                .forEach(this::declaredSnapshot);
        properties.sources().forEach(this::source);
    }

    private @Nullable Node node(Node.Kind kind, String folder, String path, String name) {
        List<String> configPath = new ArrayList<>();
        String below = path.substring(Math.min(path.length(), folder.length() + 1));
        int slash = below.lastIndexOf('/');
        if (slash > 0) {
            configPath.addAll(List.of(below.substring(0, slash).split("/")));
        }
        configPath.add(name);
        boolean model = kind == Node.Kind.MODEL || kind == Node.Kind.PYTHON;
        ModelVersions.Version version = model ? version(name, folder) : null;
        Properties.Declared declared = version == null ? properties.resources().get(name) : version.declared();
        Node node = new Node(kind, project, name, path, configPath, declared);
        project.config(kind.section(), configPath).forEach((key, value) -> node.config.put(key, config(key, value)));
        if (declared != null) {
            declare(node, declared.yaml());
        }
        if (version != null) {
            node.config.put("alias", Value.Str.of(version.alias()));
            declare(node, version.yaml());
            node.version = version;
        }
        if (!registry.add(node)) {
            unresolved.add(new Unresolved(
                    SourceLocation.of(path, 1), "a second " + kind.word() + " has the name " + name, name, null));
            return null;
        }
        if (version != null) {
            registry.addVersion(node, version);
        }
        return node;
    }

    private ModelVersions.@Nullable Version version(String name, String folder) {
        boolean otherFile = versions.of(name).stream()
                .filter(ModelVersions.Version::latest)
                .anyMatch(latest -> files.pathsIn(folder, ".sql").stream()
                        .anyMatch(path -> path.endsWith("/" + latest.alias() + ".sql")));
        return versions.inFile(name, otherFile);
    }

    private void declare(Node node, YamlValue yaml) {
        for (String key : List.of("meta", "group", "access", "docs", "alias", "enabled", "contract")) {
            YamlValue value = yaml.get(key);
            if (value != null) {
                node.config.put(key, value(value));
            }
        }
        yaml.entries("config").forEach((key, value) -> {
            String name = key.replaceFirst("^\\+", "");
            node.config.put(name, config(name, value));
        });
    }

    /** Hooks are templates of the node they run with, so they stay as written. */
    private Value config(String key, YamlValue yaml) {
        return Hooks.isHook(key) ? Values.of(yaml, Value.Str::of) : value(yaml);
    }

    private Value value(YamlValue yaml) {
        return Values.of(yaml, text -> TemplatedText.value(text, project.path(), context));
    }

    private static String baseName(String path, String ending) {
        return path.substring(path.lastIndexOf('/') + 1, path.length() - ending.length());
    }

    private void template(Node.Kind kind, String folder, String path) {
        Node node = node(kind, folder, path, baseName(path, ".sql"));
        if (node == null) {
            return;
        }
        String text = files.text(path);
        if (text == null) {
            node.problem = files.problem(path);
            return;
        }
        parse(node, text);
    }

    private static void parse(Node node, String text) {
        try {
            node.template = Template.parse(node.path, text);
        } catch (TemplateException e) {
            node.problem = e.getMessage();
            node.problemLine = e.origin() == null ? 1 : e.origin().line();
        }
    }

    private void plain(Node.Kind kind, String folder, String path, String ending) {
        node(kind, folder, path, baseName(path, ending));
    }

    private void snapshots(String folder, String path) {
        String text = files.text(path);
        if (text == null) {
            unresolved.add(new Unresolved(SourceLocation.of(path, 1), files.problem(path), null, null));
            return;
        }
        try {
            Template template = Template.parse(path, text);
            for (NamedBlock block : template.snapshots()) {
                Node node = node(Node.Kind.SNAPSHOT, folder, path, block.name());
                if (node != null) {
                    node.template = template;
                    node.block = block;
                    node.line = block.origin().line();
                }
            }
        } catch (TemplateException e) {
            int line = e.origin() == null ? 1 : e.origin().line();
            unresolved.add(new Unresolved(SourceLocation.of(path, line), String.valueOf(e.getMessage()), null, null));
        }
    }

    /** A snapshot that a property file declares: all rows of a relation over time. */
    private void declaredSnapshot(Properties.Declared declared) {
        if (registry.node("dbt." + project.name() + "." + declared.name()) != null) {
            return;
        }
        Node node = node(Node.Kind.SNAPSHOT, "", declared.path(), declared.name());
        String relation = declared.yaml().text("relation");
        if (node != null && relation != null) {
            node.line = declared.yaml().line();
            parse(node, "select * from {{ " + relation + " }}");
        }
    }

    private void source(Properties.DeclaredSource declared) {
        String id = "dbt_source." + project.name() + "." + declared.source() + "." + declared.table();
        String identifier = declared.yaml().text("identifier");
        String schema = declared.group().text("schema");
        registry.add(new SourceTable(
                id,
                project,
                declared,
                identifierOf(identifier, declared.table()),
                schema == null ? declared.source() : known(schema, null),
                known(declared.group().text("database"), null)));
    }

    private String identifierOf(@Nullable String identifier, String table) {
        String known = known(identifier, table);
        return known == null ? table : known;
    }

    private @Nullable String known(@Nullable String text, @Nullable String otherwise) {
        if (text == null || !text.contains("{")) {
            return text == null ? otherwise : text;
        }
        return TemplatedText.value(text, project.path(), context) instanceof Value.Str string
                ? string.value()
                : otherwise;
    }
}
