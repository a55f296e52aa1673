package io.tailwater.lineage.project.dbt;

import io.tailwater.lineage.graph.Column;
import io.tailwater.lineage.graph.Definition;
import io.tailwater.lineage.project.YamlValue;
import io.tailwater.lineage.sql.SqlOptions;
import io.tailwater.lineage.sql.catalog.NameRules;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The columns and types that an enforced contract promises. */
final class Contract {
    private Contract() {}

    /** The columns with the types of the contract, if one is enforced. */
    static List<Column> typed(Node node, List<Column> columns) {
        Map<String, String> types = promised(node);
        if (types.isEmpty()) {
            return columns;
        }
        List<Column> typed = new ArrayList<>();
        for (Column column : columns) {
            String type = types.get(column.name());
            typed.add(
                    type == null || type.isEmpty()
                            ? column
                            : new Column(column.name(), type, column.location(), column.dependencies()));
        }
        return typed;
    }

    /** The contract as settings of the node's definition. */
    static List<String> settings(Node node) {
        List<String> settings = new ArrayList<>();
        promised(node).forEach((name, type) -> settings.add(Definition.CONTRACT_SETTING + name + "=" + type));
        return settings;
    }

    /** Types by column, empty where none is declared; nothing if no contract is enforced. */
    private static Map<String, String> promised(Node node) {
        Map<String, String> types = new LinkedHashMap<>();
        if (node.declared == null || !node.contractEnforced()) {
            return types;
        }
        NameRules rules = SqlOptions.of(node.project.dialect().dialect()).nameRules();
        for (YamlValue column : columns(node.declared.yaml(), node.version)) {
            String name = column.text("name");
            String type = column.text("data_type");
            if (name != null && !name.isBlank()) {
                types.put(rules.column(name, false), type == null ? "" : type.strip());
            }
        }
        return types;
    }

    /** The declared columns: of a version, what it includes of the model's and what it adds. */
    private static List<YamlValue> columns(
            YamlValue model, ModelVersions.@org.jspecify.annotations.Nullable Version version) {
        List<YamlValue> columns = new ArrayList<>(model.items("columns"));
        if (version == null || version.yaml().get("columns") == null) {
            return columns;
        }
        for (YamlValue own : version.yaml().items("columns")) {
            List<String> included = own.texts("include");
            List<String> excluded = own.texts("exclude");
            if (!included.isEmpty() && !included.contains("*") && !included.contains("all")) {
                columns.removeIf(column -> !included.contains(column.text("name")));
            }
            columns.removeIf(column -> excluded.contains(column.text("name")));
        }
        for (YamlValue own : version.yaml().items("columns")) {
            String name = own.text("name");
            if (name != null) {
                columns.removeIf(column -> name.equals(column.text("name")));
                columns.add(own);
            }
        }
        return columns;
    }
}
