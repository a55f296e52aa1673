package io.tailwater.lineage.project.dbt;

import io.tailwater.lineage.graph.ColumnDependency;
import io.tailwater.lineage.graph.Dataset;
import io.tailwater.lineage.graph.DatasetRead;
import io.tailwater.lineage.graph.Dependency;
import io.tailwater.lineage.graph.DirectUse;
import io.tailwater.lineage.graph.IndirectUse;
import io.tailwater.lineage.graph.SourceLocation;
import io.tailwater.lineage.project.YamlValue;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Semantic models, metrics and saved queries as readers of columns. A metric reads what its measures are made of and what
 * its filters name, through other metrics too; so a column reaches each metric that shows it, and no other.
 */
final class SemanticLayer {
    private static final int DEEPEST = 50;
    private static final Pattern SEMANTIC_NAME =
            Pattern.compile("(?:Time)?(?:Dimension|Entity)\\s*\\(\\s*['\"]([^'\"]+)['\"]");
    private static final Pattern METRIC = Pattern.compile("metric\\s*\\(\\s*['\"]([^'\"]+)['\"]");

    private final DbtProject project;
    private final Registry registry;
    private final ColumnUses expressions;
    private final Map<String, List<ColumnDependency>> measures = new LinkedHashMap<>();
    private final Map<String, DatasetRead> measureReads = new LinkedHashMap<>();
    private final Map<String, List<ColumnDependency>> dimensions = new LinkedHashMap<>();
    private final Map<String, Properties.Declared> metrics = new LinkedHashMap<>();
    private final List<Dataset> datasets = new ArrayList<>();

    SemanticLayer(DbtProject project, Registry registry) {
        this.project = project;
        this.registry = registry;
        this.expressions = new ColumnUses(project);
    }

    /** Everything of the layer that property files declare. */
    List<Dataset> of(Properties properties) {
        properties.metrics().forEach(metric -> metrics.putIfAbsent(metric.name(), metric));
        for (Properties.Declared model : properties.semanticModels()) {
            String reference = model.yaml().text("model");
            String id = reference == null ? null : References.id(reference, project, registry);
            if (id != null) {
                semanticModel(model, id, model.yaml());
            }
        }
        for (Properties.Declared model : properties.resources().values()) {
            if (model.yaml().get("semantic_model") != null) {
                annotatedModel(model);
            }
        }
        metrics.values().forEach(this::metric);
        properties.savedQueries().forEach(this::savedQuery);
        return List.copyOf(datasets);
    }

    /** What a metric reads, for those that name it; nothing if there is no such metric. */
    Reader metricReads(String name) {
        Reader reader = new Reader();
        collect(name, reader, new HashSet<>());
        return reader;
    }

    /** The metric a text such as {@code metric('revenue')} names; null if it names none. */
    static @Nullable String metricName(String text) {
        Matcher matcher = METRIC.matcher(text);
        return matcher.find() ? matcher.group(1) : null;
    }

    // semantic models

    private void semanticModel(Properties.Declared declared, String id, YamlValue yaml) {
        Reader reader = new Reader();
        reader.reads(id, at(declared, yaml.get("model") instanceof YamlValue model ? model : yaml));
        String primary = yaml.text("primary_entity");
        for (YamlValue entity : yaml.items("entities")) {
            List<ColumnDependency> uses = uses(declared, id, entity, IndirectUse.JOIN);
            reader.uses(uses);
            String name = entity.text("name");
            String type = entity.text("type");
            if (name != null && primary == null && type != null && !type.equals("foreign")) {
                primary = name;
            }
            if (name != null) {
                dimensions.putIfAbsent(name, uses);
            }
        }
        for (YamlValue dimension : yaml.items("dimensions")) {
            List<ColumnDependency> uses = uses(declared, id, dimension, IndirectUse.GROUP_BY);
            reader.uses(uses);
            dimension(primary, dimension.text("name"), uses);
        }
        for (YamlValue measure : yaml.items("measures")) {
            List<ColumnDependency> uses = new ArrayList<>(uses(declared, id, measure, DirectUse.AGGREGATION));
            uses.addAll(timeOf(declared, yaml, measure, primary));
            reader.uses(uses);
            String name = measure.text("name");
            if (name != null) {
                measures.putIfAbsent(name, uses);
                measureReads.putIfAbsent(name, new DatasetRead(id, at(declared, measure)));
            }
        }
        datasets.add(reader.dataset(
                "dbt_semantic_model." + project.name() + "." + declared.name(),
                declared.name(),
                "semantic_model",
                declared.location(),
                Owners.of(yaml),
                null));
    }

    /** The later form: the model's own entry says what its columns are, and lists metrics over it. */
    private void annotatedModel(Properties.Declared declared) {
        Node node = registry.find(project, null, declared.name());
        if (node == null) {
            return;
        }
        Reader reader = new Reader();
        reader.reads(node.id, declared.location());
        String primary = declared.yaml().text("primary_entity");
        for (YamlValue column : declared.yaml().items("columns")) {
            String name = column.text("name");
            YamlValue entity = column.get("entity");
            YamlValue dimension = column.get("dimension");
            if (name == null || (entity == null && dimension == null)) {
                continue;
            }
            Dependency kind = entity == null ? IndirectUse.GROUP_BY : IndirectUse.JOIN;
            List<ColumnDependency> uses = expressions.ofExpression(node.id, name, kind, at(declared, column));
            reader.uses(uses);
            String called = firstText(entity == null ? dimension : entity, "name");
            dimension(primary, called == null ? name : called, uses);
        }
        for (YamlValue metric : declared.yaml().items("metrics")) {
            String name = metric.text("name");
            String expression = metric.text("expr");
            if (name != null && metric.text("agg") != null) {
                List<ColumnDependency> uses = expressions.ofExpression(
                        node.id, expression == null ? name : expression, DirectUse.AGGREGATION, at(declared, metric));
                reader.uses(uses);
                measures.putIfAbsent(name, uses);
                measureReads.putIfAbsent(name, new DatasetRead(node.id, at(declared, metric)));
            }
            if (name != null) {
                metrics.putIfAbsent(name, new Properties.Declared(name, declared.path(), metric));
            }
        }
        datasets.add(reader.dataset(
                "dbt_semantic_model." + project.name() + "." + declared.name(),
                declared.name(),
                "semantic_model",
                declared.location(),
                Owners.of(declared.yaml()),
                null));
    }

    private void dimension(@Nullable String entity, @Nullable String name, List<ColumnDependency> uses) {
        if (name != null) {
            dimensions.putIfAbsent(name, uses);
            if (entity != null) {
                dimensions.put(entity + "__" + name, uses);
            }
        }
    }

    /** The time a measure is shown over: its own, else the semantic model's. */
    private List<ColumnDependency> timeOf(
            Properties.Declared declared, YamlValue model, YamlValue measure, @Nullable String entity) {
        String own = measure.text("agg_time_dimension");
        String name = own != null ? own : firstText(model.get("defaults"), "agg_time_dimension");
        List<ColumnDependency> known = name == null ? null : dimensions.get(entity + "__" + name);
        return known == null
                ? List.of()
                : known.stream()
                        .map(use ->
                                new ColumnDependency(use.datasetId(), use.column(), use.kind(), at(declared, measure)))
                        .toList();
    }

    private List<ColumnDependency> uses(Properties.Declared declared, String id, YamlValue part, Dependency kind) {
        String expression = part.text("expr") == null ? part.text("name") : part.text("expr");
        return expression == null ? List.of() : expressions.ofExpression(id, expression, kind, at(declared, part));
    }

    // metrics

    private void metric(Properties.Declared metric) {
        Reader reader = new Reader();
        collect(metric.name(), reader, new HashSet<>());
        datasets.add(reader.dataset(
                "dbt_metric." + project.name() + "." + metric.name(),
                metric.name(),
                "metric",
                metric.location(),
                Owners.of(metric.yaml()),
                null));
    }

    private void collect(String name, Reader reader, Set<String> seen) {
        Properties.Declared metric = metrics.get(name);
        if (metric == null || !seen.add(name) || seen.size() > DEEPEST) {
            return;
        }
        YamlValue yaml = metric.yaml();
        String model = yaml.text("model");
        String modelId = model == null ? null : References.id(model, project, registry);
        if (modelId != null) {
            overModel(metric, modelId, reader);
        }
        if (yaml.text("agg") != null) {
            measure(name, reader);
        }
        YamlValue parameters = yaml.get("type_params");
        for (YamlValue holder : parameters == null ? List.of(yaml) : List.of(yaml, parameters)) {
            parts(metric, holder, reader, seen);
            for (String key : List.of("cumulative_type_params", "conversion_type_params")) {
                YamlValue inner = holder.get(key);
                if (inner != null) {
                    parts(metric, inner, reader, seen);
                }
            }
        }
        filter(metric, yaml, reader);
    }

    private void parts(Properties.Declared metric, YamlValue holder, Reader reader, Set<String> seen) {
        for (String key : List.of(
                "measure",
                "measures",
                "numerator",
                "denominator",
                "base_measure",
                "conversion_measure",
                "metric",
                "metrics",
                "input_metrics",
                "base_metric",
                "conversion_metric")) {
            YamlValue value = holder.get(key);
            List<YamlValue> named = value instanceof YamlValue.Sequence sequence
                    ? sequence.items()
                    : value == null ? List.of() : List.of(value);
            for (YamlValue part : named) {
                String name = part instanceof YamlValue.Scalar scalar ? scalar.text() : part.text("name");
                if (name != null) {
                    if (!key.contains("metric")) {
                        measure(name, reader);
                    }
                    if (!key.contains("measure")) {
                        collect(name, reader, seen);
                    }
                    filter(metric, part, reader);
                }
            }
        }
        String entity = holder.text("entity");
        if (entity != null) {
            reader.uses(dimensions.getOrDefault(entity, List.of()));
        }
    }

    private void measure(String name, Reader reader) {
        DatasetRead read = measureReads.get(name);
        if (read != null) {
            reader.reads(read.datasetId(), read.location());
            reader.uses(measures.getOrDefault(name, List.of()));
        }
    }

    private void filter(Properties.Declared metric, YamlValue holder, Reader reader) {
        for (String key : List.of("filter", "where")) {
            for (String text : holder.texts(key)) {
                reader.uses(named(text, at(metric, holder)));
            }
        }
    }

    /** Dimensions and entities a text names, e.g. {@code {{ Dimension('order__is_food') }}}. */
    private List<ColumnDependency> named(String text, SourceLocation at) {
        List<ColumnDependency> uses = new ArrayList<>();
        Matcher matcher = SEMANTIC_NAME.matcher(text);
        while (matcher.find()) {
            uses.addAll(dimensions(matcher.group(1)));
        }
        if (uses.isEmpty() && ColumnUses.isName(text)) {
            uses.addAll(dimensions(text));
        }
        return uses.stream()
                .map(use -> new ColumnDependency(use.datasetId(), use.column(), IndirectUse.FILTER, at))
                .toList();
    }

    private List<ColumnDependency> dimensions(String name) {
        List<ColumnDependency> found = dimensions.get(name);
        // a path over several entities ends in the entity and the dimension
        String[] parts = name.split("__");
        if (found == null && parts.length > 2) {
            found = dimensions.get(parts[parts.length - 2] + "__" + parts[parts.length - 1]);
        }
        return found == null ? List.of() : found;
    }

    /** Metrics as dbt had them before semantic models: an expression over a model's column. */
    private void overModel(Properties.Declared metric, String id, Reader reader) {
        YamlValue yaml = metric.yaml();
        reader.reads(id, metric.location());
        String expression = firstText(yaml, "expression", "sql");
        if (expression != null && !expression.equals("*")) {
            reader.uses(expressions.ofExpression(id, expression, DirectUse.AGGREGATION, metric.location()));
        }
        String timestamp = yaml.text("timestamp");
        if (timestamp != null) {
            reader.uses(expressions.ofExpression(id, timestamp, IndirectUse.GROUP_BY, metric.location()));
        }
        for (YamlValue dimension : yaml.items("dimensions")) {
            if (dimension instanceof YamlValue.Scalar scalar && ColumnUses.isName(scalar.text())) {
                reader.uses(expressions.ofExpression(id, scalar.text(), IndirectUse.GROUP_BY, at(metric, scalar)));
            }
        }
        for (YamlValue filter : yaml.items("filters")) {
            String field = filter.text("field");
            if (field != null) {
                reader.uses(expressions.ofExpression(id, field, IndirectUse.FILTER, at(metric, filter)));
            }
        }
    }

    // saved queries

    private void savedQuery(Properties.Declared query) {
        Reader reader = new Reader();
        YamlValue parameters = query.yaml().get("query_params");
        if (parameters == null) {
            parameters = query.yaml();
        }
        Set<String> seen = new HashSet<>();
        for (String metric : parameters.texts("metrics")) {
            collect(metric, reader, seen);
        }
        for (String key : List.of("group_by", "where", "order_by")) {
            for (String text : parameters.texts(key)) {
                reader.uses(named(text, at(query, parameters)));
            }
        }
        datasets.add(reader.dataset(
                "dbt_saved_query." + project.name() + "." + query.name(),
                query.name(),
                "saved_query",
                query.location(),
                Owners.of(query.yaml()),
                null));
    }

    private static @Nullable String firstText(@Nullable YamlValue yaml, String... keys) {
        for (String key : keys) {
            String text = yaml == null ? null : yaml.text(key);
            if (text != null) {
                return text;
            }
        }
        return null;
    }

    private static SourceLocation at(Properties.Declared declared, YamlValue part) {
        return SourceLocation.of(declared.path(), Math.max(1, part.line()));
    }
}
