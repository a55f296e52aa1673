package io.tailwater.lineage.project.dbt;

import io.tailwater.lineage.graph.ColumnDependency;
import io.tailwater.lineage.graph.Completeness;
import io.tailwater.lineage.graph.Dataset;
import io.tailwater.lineage.graph.DatasetRead;
import io.tailwater.lineage.graph.DatasetRole;
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
    private final Map<String, Dataset> tests = new LinkedHashMap<>();

    GenericTests(DbtProject project, Registry registry, Set<String> datasetIds) {
        this.project = project;
        this.registry = registry;
        this.datasetIds = datasetIds;
        this.rules = SqlOptions.of(project.dialect().dialect()).nameRules();
    }

    List<Dataset> of(Properties properties) {
        for (Properties.Declared resource : properties.resources().values()) {
            String id = "dbt." + project.name() + "." + resource.name();
            if (datasetIds.contains(id)) {
                declared(id, resource.name(), resource.path(), resource.yaml());
            }
        }
        for (Properties.DeclaredSource source : properties.sources()) {
            String id = "dbt_source." + project.name() + "." + source.source() + "." + source.table();
            declared(id, source.source() + "_" + source.table(), source.path(), source.yaml());
        }
        return List.copyOf(tests.values());
    }

    private void declared(String id, String name, String path, YamlValue yaml) {
        tests(yaml).forEach(test -> add(id, name, path, test, null));
        for (YamlValue column : yaml.items("columns")) {
            String columnName = column.text("name");
            if (columnName != null && !columnName.isBlank()) {
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
        List<DatasetRead> reads = new ArrayList<>(List.of(new DatasetRead(id, at)));
        List<ColumnDependency> uses = new ArrayList<>();
        columns.forEach(used -> uses.add(new ColumnDependency(id, used, IndirectUse.FILTER, at)));
        String other = arguments == null ? null : firstText(arguments, "to", "compare_model", "parent_model");
        String otherId = other == null ? null : References.id(other, project, registry);
        if (otherId != null) {
            reads.add(new DatasetRead(otherId, at));
            String field = arguments == null ? null : firstText(arguments, "field", "parent_id");
            if (field != null) {
                uses.add(new ColumnDependency(otherId, rules.column(field, false), IndirectUse.FILTER, at));
            }
        }
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
        boolean wherever = arguments == null || arguments.get("where") == null;
        tests.put(
                testId(name),
                new Dataset(
                        testId(name),
                        name,
                        null,
                        "test",
                        DatasetRole.READER,
                        at,
                        false,
                        List.of(),
                        List.of(),
                        reads,
                        uses,
                        List.of(),
                        Completeness.COMPLETE,
                        List.of(),
                        unique && wherever && !columns.isEmpty()
                                ? new Definition(
                                        null,
                                        project.dialect().dialect(),
                                        List.of(),
                                        List.of("unique=" + String.join(",", columns)))
                                : null));
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
            for (String key : List.of("combination_of_columns", "column_list", "columns")) {
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
