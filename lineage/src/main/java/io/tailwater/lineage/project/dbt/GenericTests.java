package io.tailwater.lineage.project.dbt;

import io.tailwater.lineage.graph.ColumnDependency;
import io.tailwater.lineage.graph.Dataset;
import io.tailwater.lineage.graph.Definition;
import io.tailwater.lineage.graph.IndirectUse;
import io.tailwater.lineage.graph.SourceLocation;
import io.tailwater.lineage.project.YamlValue;
import io.tailwater.lineage.sql.SqlOptions;
import io.tailwater.lineage.sql.catalog.NameRules;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tests that property files declare, as readers of the columns they are about. */
final class GenericTests {
    private final DbtProject project;
    private final Registry registry;
    private final Set<String> datasetIds;
    private final NameRules rules;
    private final ColumnUses uses;
    private final Map<String, Dataset> tests = new LinkedHashMap<>();

    GenericTests(DbtProject project, Registry registry, Set<String> datasetIds) {
        this.project = project;
        this.registry = registry;
        this.datasetIds = datasetIds;
        this.rules = SqlOptions.of(project.dialect().dialect()).nameRules();
        this.uses = new ColumnUses(project);
    }

    List<Dataset> of(Properties properties) {
        for (Properties.Declared resource : properties.resources().values()) {
            for (Node node : registry.declaredAs(project, resource.name())) {
                if (datasetIds.contains(node.id)) {
                    declared(node.id, node.name, resource.path(), resource.yaml(), leftOut(node));
                    if (node.version != null) {
                        declared(node.id, node.name, resource.path(), node.version.yaml(), List.of());
                    }
                }
            }
        }
        for (Properties.DeclaredSource source : properties.sources()) {
            String id = "dbt_source." + project.name() + "." + source.source() + "." + source.table();
            declared(id, source.source() + "_" + source.table(), source.path(), source.yaml(), List.of());
        }
        return List.copyOf(tests.values());
    }

    /** Columns of the model that one version of it does not have, or that it declares anew. */
    private static List<String> leftOut(Node node) {
        List<String> names = new ArrayList<>();
        if (node.version != null) {
            for (YamlValue column : node.version.yaml().items("columns")) {
                names.addAll(column.texts("exclude"));
                String own = column.text("name");
                if (own != null) {
                    names.add(own);
                }
            }
        }
        return names;
    }

    private void declared(String id, String name, String path, YamlValue yaml, List<String> leftOut) {
        tests(yaml).forEach(test -> add(id, name, path, test, null));
        for (YamlValue column : yaml.items("columns")) {
            String columnName = column.text("name");
            if (columnName != null && !columnName.isBlank() && !leftOut.contains(columnName)) {
                tests(column).forEach(test -> add(id, name, path, test, columnName));
            }
        }
    }

    private static List<YamlValue> tests(YamlValue declaration) {
        List<YamlValue> tests = new ArrayList<>(declaration.items("tests"));
        tests.addAll(declaration.items("data_tests"));
        return tests;
    }

    private void add(String id, String resource, String path, YamlValue test, @Nullable String column) {
        String kind;
        YamlValue arguments = null;
        if (test instanceof YamlValue.Scalar scalar) {
            kind = scalar.text();
        } else if (test instanceof YamlValue.Mapping mapping
                && !mapping.entries().isEmpty()) {
            String key = mapping.text("test_name");
            kind = key != null ? key : mapping.entries().keySet().iterator().next();
            arguments = key != null ? mapping : mapping.entries().get(kind);
            if (arguments != null && arguments.get("arguments") != null) {
                arguments = arguments.get("arguments");
            }
        } else {
            return;
        }
        SourceLocation at = SourceLocation.of(path, test.line());
        List<String> columns = columns(arguments, column);
        Reader reader = new Reader();
        reader.reads(id, at);
        columns.forEach(used -> reader.uses(List.of(new ColumnDependency(id, used, IndirectUse.FILTER, at))));
        conditions(test, arguments).forEach(text -> reader.uses(uses.ofCondition(id, text, IndirectUse.FILTER, at)));
        String expression = arguments == null ? null : arguments.text("expression");
        if (expression != null && kind.endsWith("expression_is_true")) {
            String whole = column == null ? expression : column + " " + expression;
            reader.uses(uses.ofCondition(id, whole, IndirectUse.FILTER, at));
        }
        otherSide(arguments, reader, at);
        String given = arguments == null ? null : arguments.text("name");
        String base = given != null
                ? given
                : kind.substring(kind.lastIndexOf('.') + 1) + "_" + resource
                        + (columns.isEmpty() ? "" : "_" + String.join("_", columns));
        String name = base;
        for (int i = 2; tests.containsKey(testId(name)); i++) {
            name = base + "_" + i;
        }
        boolean unique = kind.equals("unique") || kind.endsWith("unique_combination_of_columns");
        boolean wherever = conditions(test, arguments).isEmpty();
        Definition definition = unique && wherever && !columns.isEmpty()
                ? new Definition(
                        null, project.dialect().dialect(), List.of(), List.of("unique=" + String.join(",", columns)))
                : null;
        tests.put(testId(name), reader.dataset(testId(name), name, "test", at, List.of(), definition));
    }

    /** What a test compares with: another relation, and a column of it. */
    private void otherSide(@Nullable YamlValue arguments, Reader reader, SourceLocation at) {
        String other = arguments == null ? null : firstText(arguments, "to", "compare_model", "parent_model");
        String id = other == null ? null : References.id(other, project, registry);
        if (id != null && arguments != null) {
            reader.reads(id, at);
            String field = firstText(arguments, "field", "parent_id");
            if (field != null) {
                String column = rules.column(field, false);
                reader.uses(List.of(new ColumnDependency(id, column, IndirectUse.FILTER, at)));
            }
        }
    }

    /** Conditions over the tested relation: which rows are tested, and expressions that must hold. */
    private static List<String> conditions(YamlValue test, @Nullable YamlValue arguments) {
        List<String> texts = new ArrayList<>();
        List<YamlValue> holders = new ArrayList<>(List.of(test));
        if (test instanceof YamlValue.Mapping mapping) {
            holders.addAll(mapping.entries().values());
        }
        if (arguments != null) {
            holders.add(arguments);
        }
        for (YamlValue holder : holders) {
            YamlValue config = holder.get("config");
            for (YamlValue place : config == null ? List.of(holder) : List.of(holder, config)) {
                texts.addAll(place.texts("where"));
                texts.addAll(place.texts("row_condition"));
            }
        }
        return texts.stream().distinct().toList();
    }

    private String testId(String name) {
        return "dbt_generic_test." + project.name() + "." + name;
    }

    private List<String> columns(@Nullable YamlValue arguments, @Nullable String column) {
        List<String> columns = new ArrayList<>();
        if (column != null) {
            columns.add(rules.column(column, false));
        }
        if (arguments != null) {
            String named = arguments.text("column_name");
            if (named != null && column == null) {
                columns.add(rules.column(named, false));
            }
            for (String key : List.of(
                    "combination_of_columns", "column_list", "columns", "column_A", "column_B", "group_by_columns")) {
                arguments.texts(key).forEach(text -> columns.add(rules.column(text, false)));
            }
        }
        return columns.stream()
                .filter(text -> text.matches("[\\p{L}_][\\p{L}\\p{N}_$]*"))
                .distinct()
                .toList();
    }

    private static @Nullable String firstText(YamlValue arguments, String... keys) {
        for (String key : keys) {
            String text = arguments.text(key);
            if (text != null) {
                return text;
            }
        }
        return null;
    }
}
