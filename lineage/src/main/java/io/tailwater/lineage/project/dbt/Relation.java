package io.tailwater.lineage.project.dbt;

import io.tailwater.lineage.graph.RelationNames;
import io.tailwater.lineage.jinja.Call;
import io.tailwater.lineage.jinja.Interpreter;
import io.tailwater.lineage.jinja.Value;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A relation as a template sees it. Put out, it names its dataset in the way of {@link RelationNames}; its attributes
 * are those of the database.
 *
 * @param datasetId the dataset; null for a relation that the template made up from parts
 * @param database database; unknown where a run decides
 * @param schema schema; unknown where a run decides
 * @param identifier the relation's own name
 * @param kind {@code table}, {@code view} or {@code cte}
 * @param shown what is put out
 */
record Relation(@Nullable String datasetId, Value database, Value schema, String identifier, String kind, String shown)
        implements Value.Host {
    static Relation of(String datasetId, Value database, Value schema, String identifier, String dialect) {
        return new Relation(
                datasetId,
                database,
                schema,
                identifier,
                "table",
                RelationNames.schemaOf(datasetId) + "." + quoted(identifier, dialect));
    }

    private static String quoted(String identifier, String dialect) {
        if (identifier.matches("[A-Za-z_][A-Za-z0-9_$]*")) {
            return identifier;
        }
        boolean backTicks = dialect.equals("bigquery")
                || dialect.equals("databricks")
                || dialect.equals("spark")
                || dialect.equals("hive")
                || dialect.equals("mysql")
                || dialect.equals("clickhouse");
        String quote = backTicks ? "`" : "\"";
        return quote + identifier.replace(quote, "_") + quote;
    }

    @Override
    public @Nullable Value attribute(String name) {
        return switch (name) {
            case "database", "project" -> database;
            case "schema", "dataset" -> schema;
            case "identifier", "name", "table", "alias" -> Value.Str.of(identifier);
            case "type" -> Value.Str.of(kind);
            case "is_table" -> Value.Bool.of(kind.equals("table"));
            case "is_view" -> Value.Bool.of(kind.equals("view"));
            case "is_cte" -> Value.Bool.of(kind.equals("cte"));
            case "include", "quote", "incorporate", "without_identifier", "information_schema" ->
                (Value.Function) call -> this;
            case "replace_path" -> (Value.Function) this::replaced;
            case "render" -> (Value.Function) call -> Value.Str.of(shown);
            case "get" ->
                (Value.Function) call -> {
                    Value found = attribute(call.required(0, "name") instanceof Value.Str key ? key.value() : "");
                    return found == null ? call.argument(1, "default", Value.None.NONE) : found;
                };
            default -> null;
        };
    }

    /** The relation under another path; with another name of its own it is another relation. */
    private Value replaced(Call call) {
        Value name = call.named().getOrDefault("identifier", Value.Str.of(identifier));
        Value inDatabase = call.named().getOrDefault("database", database);
        Value inSchema = call.named().getOrDefault("schema", schema);
        if (name.equals(Value.Str.of(identifier))) {
            return new Relation(datasetId, inDatabase, inSchema, identifier, kind, shown);
        }
        return ofParts(call.interpreter(), inDatabase, inSchema, name);
    }

    /** A relation that a template makes up; parts that are None are left out. */
    static Relation ofParts(Interpreter interpreter, Value database, Value schema, Value identifier) {
        List<String> parts = new ArrayList<>();
        for (Value part : List.of(database, schema, identifier)) {
            if (!(part instanceof Value.None)) {
                parts.add(interpreter.displayed(part).value());
            }
        }
        return new Relation(
                null, database, schema, interpreter.displayed(identifier).value(), "table", String.join(".", parts));
    }

    @Override
    public String display() {
        return shown;
    }
}
