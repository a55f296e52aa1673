package io.tailwater.lineage.project.dbt;

import io.tailwater.lineage.graph.Column;
import io.tailwater.lineage.graph.ColumnDependency;
import io.tailwater.lineage.graph.Completeness;
import io.tailwater.lineage.graph.Dataset;
import io.tailwater.lineage.graph.DatasetRead;
import io.tailwater.lineage.graph.DatasetRole;
import io.tailwater.lineage.graph.Definition;
import io.tailwater.lineage.graph.SourceLocation;
import io.tailwater.lineage.graph.Unresolved;
import io.tailwater.lineage.project.Assembly;
import io.tailwater.lineage.project.CachedExtraction;
import io.tailwater.lineage.project.CompiledQuery;
import io.tailwater.lineage.project.ExtractionCache;
import io.tailwater.lineage.project.ExtractionKey;
import io.tailwater.lineage.project.LineageAssembler;
import io.tailwater.lineage.project.Relations;
import io.tailwater.lineage.project.SourceTree;
import io.tailwater.lineage.sql.SqlLineage;
import io.tailwater.lineage.sql.SqlOptions;
import io.tailwater.lineage.sql.catalog.NameRules;
import io.tailwater.lineage.sql.result.SqlAnalysis;
import io.tailwater.lineage.sql.result.StatementLineage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Nodes as datasets. */
final class NodeDatasets {
    private static final List<String> SNAPSHOT_COLUMNS =
            List.of("dbt_scd_id", "dbt_updated_at", "dbt_valid_from", "dbt_valid_to");
    private static final Pattern PYTHON_READ = Pattern.compile(
            "dbt\\s*\\.\\s*(ref|source)\\s*\\(\\s*['\"]([^'\"]+)['\"]\\s*(?:,\\s*['\"]([^'\"]+)['\"])?");

    private final SourceTree files;
    private final ExtractionCache cache;
    private final Registry registry;
    private final Map<String, Dataset> datasets;
    private final Map<DbtProject, Properties> properties;
    private final Hooks hooks;
    private final Map<String, Relations> relationsByDialect = new HashMap<>();
    private @Nullable String relationNames;

    NodeDatasets(
            SourceTree files,
            ExtractionCache cache,
            Registry registry,
            Map<String, Dataset> datasets,
            Map<DbtProject, Properties> properties,
            Hooks hooks) {
        this.hooks = hooks;
        this.files = files;
        this.cache = cache;
        this.registry = registry;
        this.datasets = datasets;
        this.properties = properties;
    }

    /** Names of all columns of a dataset that was already extracted; null where they are not all known. */
    @Nullable
    List<String> columnNames(String datasetId) {
        Dataset dataset = datasets.get(datasetId);
        if (dataset == null || dataset.columns().isEmpty()) {
            return null;
        }
        boolean declared = dataset.role() == DatasetRole.SOURCE;
        return declared || Relations.knowsAllColumns(dataset)
                ? dataset.columns().stream().map(Column::name).toList()
                : null;
    }

    Dataset dataset(Node node, NodeRenderer.@Nullable Rendering rendering) {
        files.checkTime();
        if (node.config.keySet().stream().anyMatch(Hooks::isHook)) {
            node.hooks = hooks.of(node, relations(node));
        }
        Dataset dataset = switch (node.kind) {
            case SEED -> seed(node);
            case PYTHON -> python(node);
            case MODEL, SNAPSHOT, TEST, ANALYSIS -> query(node, rendering, ids -> "");
        };
        relations(node).define(dataset);
        return dataset;
    }

    /** Makes known that a dataset has other columns than when it was first seen. */
    void define(Dataset dataset) {
        relationsByDialect.values().forEach(relations -> relations.define(dataset));
    }

    private Relations relations(Node node) {
        return relationsByDialect.computeIfAbsent(node.project.dialect().dialect(), this::newRelations);
    }

    private Relations newRelations(String dialect) {
        Relations relations = new Relations(SqlOptions.of(dialect).nameRules());
        for (Node node : registry.nodes()) {
            if (node.kind.readable()) {
                relations.declare(node.id, qualifiedName(node));
            }
            node.references.forEach(id -> relations.declare(id, null));
        }
        datasets.values().forEach(relations::define);
        return relations;
    }

    private static @Nullable String qualifiedName(Node node) {
        NameRules rules = SqlOptions.of(node.project.dialect().dialect()).nameRules();
        return node.kind.readable()
                ? SourceDatasets.qualifiedName(rules, node.database, node.schema, node.identifier())
                : null;
    }

    /** Makes known what queries prove about columns. */
    void learn(ColumnProofs proofs) {
        relationsByDialect.values().forEach(proofs::tell);
    }

    /** The dataset anew, with what others prove about the columns of what it reads; they must be {@link #learn learnt}. */
    Dataset again(Node node, NodeRenderer.@Nullable Rendering rendering, ColumnProofs proofs) {
        Dataset dataset = query(node, rendering, proofs::about);
        relations(node).define(dataset);
        return dataset;
    }

    private Dataset query(Node node, NodeRenderer.@Nullable Rendering rendering, Function<Set<String>, String> proofs) {
        if (rendering == null || rendering.failure() != null) {
            String reason = rendering == null ? "the file was not rendered" : String.valueOf(rendering.failure());
            SourceLocation at = rendering == null || rendering.failedAt() == null
                    ? SourceLocation.of(node.path, node.line)
                    : rendering.failedAt();
            return unknown(node, reads(node), new Unresolved(at, reason, node.name, null));
        }
        List<Definition.Query> queries =
                rendering.queries().stream().map(CompiledQuery::toQuery).toList();
        String dialect = node.project.dialect().dialect();
        Definition definition = new Definition(files.blobId(node.path), dialect, queries, List.copyOf(settings(node)));
        ExtractionKey key = new ExtractionKey(
                files.blobId(node.path),
                ContextHash.of(
                        node,
                        rendering,
                        definition,
                        Owners.of(node, groups(node)),
                        this::signature,
                        proofs.apply(node.references)));
        Optional<CachedExtraction> cached = cache.get(key);
        if (cached.isPresent()
                && cached.get() instanceof CachedExtraction.ExtractedDataset extracted
                && extracted.readByName().equals(readByName(node, extracted.dataset(), proofs))) {
            return extracted.dataset();
        }
        Dataset dataset = analysed(node, rendering, definition);
        cache.put(key, new CachedExtraction.ExtractedDataset(dataset, readByName(node, dataset, proofs)));
        return dataset;
    }

    /** What a result depends on about relations that its query names itself, without {@code ref} or {@code source}. */
    private String readByName(Node node, Dataset dataset, Function<Set<String>, String> proofs) {
        Set<String> named = new TreeSet<>();
        dataset.reads().forEach(read -> named.add(read.datasetId()));
        named.removeAll(node.references);
        named.remove(node.id);
        if (named.isEmpty()) {
            return "";
        }
        List<String> texts = new ArrayList<>(List.of(relationNames(), proofs.apply(named)));
        named.forEach(id -> texts.add(signature(id)));
        return ContextHash.of(texts);
    }

    /** Which relation has which name: another one may have a name that was nobody's. */
    private String relationNames() {
        if (relationNames == null) {
            List<String> names = new ArrayList<>();
            for (Node node : registry.nodes()) {
                names.add(node.id + " " + qualifiedName(node));
            }
            for (SourceTable source : registry.sources()) {
                Dataset dataset = datasets.get(source.id());
                names.add(source.id() + " " + (dataset == null ? null : dataset.qualifiedName()));
            }
            relationNames = ContextHash.of(names);
        }
        return relationNames;
    }

    /** What a query may depend on about a dataset it names. */
    private String signature(String datasetId) {
        Dataset dataset = datasets.get(datasetId);
        if (dataset == null) {
            return datasetId;
        }
        StringBuilder signature =
                new StringBuilder(datasetId).append(dataset.role()).append(dataset.qualifiedName());
        dataset.columns()
                .forEach(column ->
                        signature.append(',').append(column.name()).append(' ').append(column.type()));
        return signature.append(Relations.knowsAllColumns(dataset)).toString();
    }

    private Dataset analysed(Node node, NodeRenderer.Rendering rendering, Definition definition) {
        Relations relations = relations(node);
        LineageAssembler assembler = new LineageAssembler(node.name, definition.dialect(), relations::datasetId);
        SqlOptions options = SqlOptions.of(definition.dialect()).withCatalog(relations);
        for (CompiledQuery query : rendering.queries()) {
            if (query.sql().isBlank()) {
                continue;
            }
            SqlAnalysis analysis = SqlLineage.analyze(query.sql(), options);
            Optional<StatementLineage> main = analysis.main();
            if (main.isPresent()) {
                assembler.add(query, main.get());
            } else {
                analysis.statements().forEach(statement -> assembler.add(query, statement));
            }
            defineItself(node, assembler.assemble(), definition, relations);
        }
        rendering
                .notes()
                .forEach(note -> assembler.addUnresolved(NodeRenderer.location(note.origin()), note.reason(), null));
        Assembly assembly = assembler.assemble();
        List<Column> columns = new ArrayList<>(assembly.columns());
        if (node.kind == Node.Kind.SNAPSHOT) {
            for (String name : SNAPSHOT_COLUMNS) {
                if (columns.stream().noneMatch(column -> column.name().equals(name))) {
                    columns.add(new Column(name, null, SourceLocation.of(node.path, node.line), List.of()));
                }
            }
        }
        return dataset(
                node,
                columns,
                assembly,
                assembly.reads().stream()
                        .filter(read -> !read.datasetId().equals(node.id))
                        .toList(),
                definition);
    }

    /** Makes the columns known that the query has on its first run, for the reading of itself on later ones. */
    private void defineItself(Node node, Assembly firstRun, Definition definition, Relations relations) {
        if (definition.queries().size() > 1) {
            relations.define(dataset(node, firstRun.columns(), firstRun, firstRun.reads(), definition));
        }
    }

    private Dataset dataset(
            Node node,
            List<Column> columns,
            Assembly assembly,
            List<DatasetRead> reads,
            @Nullable Definition definition) {
        List<Unresolved> unresolved = new ArrayList<>(assembly.unresolved());
        if (assembly.completeness() == Completeness.UNKNOWN && unresolved.isEmpty()) {
            unresolved.add(new Unresolved(
                    SourceLocation.of(node.path, node.line), "the file holds no query", node.name, null));
        }
        boolean reader = !node.kind.readable();
        List<DatasetRead> allReads = new ArrayList<>(reads);
        node.hooks.reads().stream()
                .filter(read ->
                        reads.stream().noneMatch(other -> other.datasetId().equals(read.datasetId())))
                .forEach(allReads::add);
        List<ColumnDependency> rowDependencies = new ArrayList<>(withoutSelf(node, assembly.rowDependencies()));
        rowDependencies.addAll(node.hooks.columns());
        return new Dataset(
                node.id,
                node.name,
                qualifiedName(node),
                node.kind.word(),
                reader ? DatasetRole.READER : DatasetRole.PRODUCED,
                SourceLocation.of(node.path, node.line),
                !reader && Publication.isPublished(node),
                Contract.typed(node, columns),
                assembly.openStars(),
                allReads,
                rowDependencies,
                Owners.of(node, groups(node)),
                assembly.completeness(),
                unresolved,
                definition);
    }

    private static List<ColumnDependency> withoutSelf(Node node, List<ColumnDependency> dependencies) {
        return dependencies.stream()
                .filter(dependency -> !dependency.datasetId().equals(node.id))
                .toList();
    }

    private Map<String, Properties.Declared> groups(Node node) {
        Properties declared = properties.get(node.project);
        return declared == null ? Map.of() : declared.groups();
    }

    private List<DatasetRead> reads(Node node) {
        return node.references.stream()
                .filter(id -> !id.equals(node.id))
                .map(id -> new DatasetRead(id, SourceLocation.of(node.path, node.line)))
                .toList();
    }

    private Dataset unknown(Node node, List<DatasetRead> reads, Unresolved reason) {
        Assembly nothing = new Assembly(List.of(), List.of(), reads, List.of(), List.of(reason), Completeness.UNKNOWN);
        return dataset(
                node,
                List.of(),
                nothing,
                reads,
                new Definition(
                        files.blobId(node.path),
                        node.project.dialect().dialect(),
                        List.of(),
                        List.copyOf(settings(node))));
    }

    private static List<String> settings(Node node) {
        List<String> settings = new ArrayList<>();
        for (String key : List.of(
                "strategy",
                "unique_key",
                "updated_at",
                "check_cols",
                "incremental_strategy",
                "invalidate_hard_deletes")) {
            Object value = node.config.get(key);
            if (value != null && (node.kind == Node.Kind.SNAPSHOT || key.equals("unique_key"))) {
                settings.add(key + "=" + value);
            }
        }
        settings.addAll(node.hooks.settings());
        settings.addAll(Contract.settings(node));
        return settings.stream().sorted().toList();
    }

    private Dataset seed(Node node) {
        String text = files.text(node.path);
        if (text == null) {
            return unknown(
                    node,
                    List.of(),
                    new Unresolved(SourceLocation.of(node.path, 1), files.problem(node.path), node.name, null));
        }
        NameRules rules = SqlOptions.of(node.project.dialect().dialect()).nameRules();
        SeedFile file = SeedFile.read(text, node.configText("delimiter"));
        List<Column> columns = file.columns(node.path, rules);
        Assembly assembly = new Assembly(
                columns,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                columns.isEmpty() ? Completeness.UNKNOWN : Completeness.COMPLETE);
        return dataset(
                node,
                columns,
                assembly,
                List.of(),
                new Definition(
                        files.blobId(node.path), node.project.dialect().dialect(), List.of(), file.settings(rules)));
    }

    private Dataset python(Node node) {
        String text = files.text(node.path);
        List<DatasetRead> reads = new ArrayList<>();
        Matcher matcher = PYTHON_READ.matcher(text == null ? "" : text);
        int line = 1;
        int counted = 0;
        while (matcher.find()) {
            for (; counted < matcher.start(); counted++) {
                line += text != null && text.charAt(counted) == '\n' ? 1 : 0;
            }
            boolean source = matcher.group(1).equals("source");
            String last = matcher.group(3) == null ? matcher.group(2) : matcher.group(3);
            String id;
            if (source) {
                id = "dbt_source." + node.project.name() + "." + matcher.group(2) + "." + last;
            } else {
                Node target = registry.find(node.project, matcher.group(3) == null ? null : matcher.group(2), last);
                id = target == null ? "dbt." + node.project.name() + "." + last : target.id;
            }
            node.references.add(id);
            reads.add(new DatasetRead(id, SourceLocation.of(node.path, line)));
        }
        return unknown(
                node,
                reads,
                new Unresolved(
                        SourceLocation.of(node.path, 1), "columns of Python models are not followed", node.name, null));
    }
}
