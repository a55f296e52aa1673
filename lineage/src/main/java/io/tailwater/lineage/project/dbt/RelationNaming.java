package io.tailwater.lineage.project.dbt;

import io.tailwater.lineage.jinja.Interpreter;
import io.tailwater.lineage.jinja.MacroDefinition;
import io.tailwater.lineage.jinja.RenderLimits;
import io.tailwater.lineage.jinja.RenderOutcome;
import io.tailwater.lineage.jinja.Template;
import io.tailwater.lineage.jinja.Value;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a node's relation is called in the database, as far as the repository tells: the project's own naming macros decide. */
final class RelationNaming {
    private static final RenderLimits LIMITS = new RenderLimits(200_000, 300, 100_000);

    private final MacroLibrary macros;
    private final Registry registry;

    RelationNaming(MacroLibrary macros, Registry registry) {
        this.macros = macros;
        this.registry = registry;
    }

    /** Fills in database and schema of a node whose configuration is complete. */
    void name(Node node) {
        boolean snapshot = node.kind == Node.Kind.SNAPSHOT;
        Value database = first(node, snapshot ? "target_database" : "database", "database");
        Value schema = first(node, snapshot ? "target_schema" : "schema", "schema");
        node.database = text(
                node,
                "generate_database_name",
                "custom_database_name",
                database,
                node.project.profile().database());
        node.schema = snapshot && node.config.get("target_schema") instanceof Value.Str given
                ? given.value()
                : text(
                        node,
                        "generate_schema_name",
                        "custom_schema_name",
                        schema,
                        node.project.profile().schema());
    }

    private static Value first(Node node, String key, String otherwise) {
        Value value = node.config.get(key);
        value = value == null ? node.config.get(otherwise) : value;
        return value == null ? Value.None.NONE : value;
    }

    private @Nullable String text(
            Node node, String macroName, String parameter, Value custom, @Nullable String targetValue) {
        if (custom instanceof Value.Unknown) {
            return null;
        }
        MacroDefinition macro = macros.definition(node.project.name(), macroName);
        if (macro != null) {
            return rendered(node, macro, parameter, custom);
        }
        String target = targetValue == null || targetValue.contains("{{") ? null : targetValue;
        if (!(custom instanceof Value.Str given) || given.value().isBlank()) {
            return target;
        }
        if (macroName.equals("generate_database_name")) {
            return given.value().strip();
        }
        return target == null ? null : target + "_" + given.value().strip();
    }

    private @Nullable String rendered(Node node, MacroDefinition macro, String parameter, Value custom) {
        Map<String, Value> arguments = new LinkedHashMap<>();
        String first = macro.parameterNames().isEmpty()
                ? parameter
                : macro.parameterNames().get(0);
        arguments.put(first, custom);
        DbtContext context = new DbtContext(node.project, node, registry, macros, id -> null);
        if (macro.parameterNames().size() > 1) {
            arguments.put(macro.parameterNames().get(1), context.modelObject());
        }
        RenderOutcome outcome =
                Interpreter.renderMacro(macro, arguments, Template.parse(node.path, ""), context, LIMITS, false);
        return outcome instanceof RenderOutcome.Rendered rendered
                        && rendered.placeholders().isEmpty()
                ? rendered.text().value().strip()
                : null;
    }
}
