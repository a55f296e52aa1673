package io.tailwater.lineage.sql.derive;

import io.tailwater.lineage.sql.canonical.Canon;
import io.tailwater.lineage.sql.canonical.Instance;
import io.tailwater.lineage.sql.canonical.JoinForm;
import io.tailwater.lineage.sql.result.Dependency;
import io.tailwater.lineage.sql.result.TableRef;
import io.tailwater.lineage.sql.scope.OpenTable;
import io.tailwater.lineage.sql.scope.OutputPart;
import io.tailwater.lineage.sql.scope.Scope;
import io.tailwater.lineage.sql.scope.ScopeColumn;
import io.tailwater.lineage.sql.scope.Source;
import io.tailwater.lineage.sql.tree.Alias;
import io.tailwater.lineage.sql.tree.ColumnDefinition;
import io.tailwater.lineage.sql.tree.Expression;
import io.tailwater.lineage.sql.tree.Identifier;
import io.tailwater.lineage.sql.tree.LateralView;
import io.tailwater.lineage.sql.tree.LiteralKind;
import io.tailwater.lineage.sql.tree.ModifierKind;
import io.tailwater.lineage.sql.tree.Relation;
import io.tailwater.lineage.sql.tree.RelationModifier;
import io.tailwater.lineage.sql.tree.SourceRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Calls that give rows: UNNEST, FLATTEN, LATERAL VIEW, generate_series, read_parquet and others. Their columns come from their arguments. */
final class TableFunctionDeriver {

    /** Output columns of functions that always have the same; those starting with {@code #} hold positions, not values. */
    private static final Map<String, List<String>> COLUMNS = Map.ofEntries(
            Map.entry("flatten", List.of("#seq", "key", "path", "#index", "value", "this")),
            Map.entry("split_to_table", List.of("#seq", "#index", "value")),
            Map.entry("strtok_split_to_table", List.of("#seq", "#index", "value")),
            Map.entry("string_split", List.of("value", "#ordinal")),
            Map.entry("openjson", List.of("key", "value", "type")),
            Map.entry("json_each", List.of("key", "value", "type", "atom", "#id", "parent", "fullkey", "path")),
            Map.entry("json_each_text", List.of("key", "value")),
            Map.entry("jsonb_each", List.of("key", "value")),
            Map.entry("jsonb_each_text", List.of("key", "value")),
            Map.entry("json_array_elements", List.of("value")),
            Map.entry("json_array_elements_text", List.of("value")),
            Map.entry("jsonb_array_elements", List.of("value")),
            Map.entry("jsonb_array_elements_text", List.of("value")),
            Map.entry("posexplode", List.of("#pos", "col")),
            Map.entry("posexplode_outer", List.of("#pos", "col")),
            Map.entry("explode", List.of("col")),
            Map.entry("explode_outer", List.of("col")),
            Map.entry("generator", List.of("#seq")));

    /** Functions whose rows are single values. */
    private static final Set<String> SCALAR = Set.of(
            "generate_series",
            "generate_subscripts",
            "range",
            "sequence",
            "numbers",
            "regexp_split_to_table",
            "string_to_table");

    private static final Set<String> FILE_READERS = Set.of(
            "read_parquet",
            "parquet_scan",
            "read_csv",
            "read_csv_auto",
            "read_json",
            "read_json_auto",
            "read_ndjson",
            "read_text",
            "read_blob",
            "delta_scan",
            "iceberg_scan",
            "read_files",
            "openrowset",
            "s3",
            "url",
            "file",
            "gcs",
            "hdfs",
            "azureblobstorage");

    private final Derivation derivation;

    TableFunctionDeriver(Derivation derivation) {
        this.derivation = derivation;
    }

    FromPart derive(Relation.TableFunction function, Env outer, FromPart left) {
        String name = function.call().name().parts().getLast().text().toLowerCase(Locale.ROOT);
        FromPart file = file(name, function);
        if (file != null) {
            return file;
        }
        Rows rows = rows(function.call(), name, outer, left);
        Alias alias = function.alias();
        List<Identifier> given = alias == null
                ? List.of()
                : alias.columns().stream().map(ColumnDefinition::name).toList();
        List<ScopeColumn> columns = new ArrayList<>();
        String aliasName = alias == null || alias.name() == null
                ? null
                : derivation.names().column(alias.name());
        if (!function.columns().isEmpty()) {
            function.columns()
                    .forEach(column ->
                            columns.add(rows.column(derivation.names().column(column.name()), function.range())));
        }
        for (Identifier column : given) {
            columns.add(rows.column(derivation.names().column(column), column.range()));
        }
        List<OutputPart> elements = columns.isEmpty() && name.equals("unnest")
                ? elements(function.call(), outer.over(left.scope(outer.scope())), rows)
                : List.of();
        if (columns.isEmpty() && elements.isEmpty()) {
            outputs(name, aliasName).forEach(column -> columns.add(rows.named(column, function.range())));
        }
        if (function.position() != null) {
            position(function, given, rows, columns);
        }
        positions(function.modifiers(), rows, columns);
        String exposed = aliasName != null ? aliasName : name;
        boolean exactly =
                !given.isEmpty() || !function.columns().isEmpty() || COLUMNS.containsKey(name) || SCALAR.contains(name);
        ScopeColumn any = exactly ? null : rows.column("?", function.range());
        List<OutputPart> offered = new ArrayList<>(elements);
        offered.addAll(columns);
        return part(new Source(exposed, null, offered, any, true), rows);
    }

    /** The fields of an array's elements, where they are known: each is a column. */
    private List<OutputPart> elements(Expression.FunctionCall call, Env env, Rows rows) {
        if (call.arguments().size() != 1) {
            return List.of();
        }
        List<OutputPart> fields = derivation.structFields().of(call.arguments().getFirst(), env);
        List<OutputPart> columns = new ArrayList<>();
        for (OutputPart field : fields) {
            columns.add(
                    switch (field) {
                        case ScopeColumn column ->
                            column.withCanon(new Canon.Column(rows.instance(), column.name()))
                                    .withoutOrigin();
                        case OpenTable open -> open.seenThrough(inner -> Canon.call("field", inner, rows.call()));
                    });
        }
        return columns;
    }

    private void position(
            Relation.TableFunction function, List<Identifier> given, Rows rows, List<ScopeColumn> columns) {
        var position = java.util.Objects.requireNonNull(function.position());
        if (position.ordinality() && !given.isEmpty()) {
            ScopeColumn last = columns.removeLast();
            columns.add(rows.position(last.name(), last.range()));
        } else {
            Identifier alias = position.alias();
            String name =
                    alias != null ? derivation.names().column(alias) : position.ordinality() ? "ordinality" : "offset";
            columns.add(rows.position(name, position.range()));
        }
    }

    /** {@code WITH OFFSET AS i} and {@code AT i} behind the alias. */
    private void positions(List<RelationModifier> modifiers, Rows rows, List<ScopeColumn> columns) {
        for (RelationModifier modifier : modifiers) {
            if (modifier.kind() == ModifierKind.POSITION
                    && !modifier.arguments().isEmpty()
                    && modifier.arguments().getFirst() instanceof Expression.Symbol name) {
                columns.add(rows.position(derivation.names().rules().column(name.word(), false), modifier.range()));
            }
        }
    }

    /** Hive's LATERAL VIEW. */
    FromPart derive(LateralView view, Env outer, FromPart left) {
        String name = view.call().name().parts().getLast().text().toLowerCase(Locale.ROOT);
        Rows rows = rows(view.call(), name, outer, left);
        List<ScopeColumn> columns = new ArrayList<>();
        boolean positions = name.startsWith("posexplode");
        for (int i = 0; i < view.columns().size(); i++) {
            Identifier column = view.columns().get(i);
            String normal = derivation.names().column(column);
            columns.add(
                    positions && i == 0 ? rows.position(normal, column.range()) : rows.column(normal, column.range()));
        }
        String alias = view.alias() == null ? null : derivation.names().column(view.alias());
        if (columns.isEmpty()) {
            outputs(name, null).forEach(column -> columns.add(rows.named(column, view.range())));
        }
        return part(new Source(alias, null, columns, rows.column("?", view.range()), true), rows);
    }

    /** {@code FROM t, t.items AS item}: the array column of a relation further left, when the first part names one. */
    @Nullable
    FromPart array(Relation.TableReference reference, Env outer, FromPart left) {
        List<Identifier> parts = reference.name().parts();
        String first = derivation.names().column(parts.getFirst());
        if (left.sources().stream().noneMatch(source -> first.equals(source.alias()))) {
            return null;
        }
        Expression.ColumnReference array =
                new Expression.ColumnReference(parts, false, reference.name().range());
        Sink sink = new Sink();
        Env env = outer.over(left.scope(outer.scope()));
        Canon canon = derivation.expressions().derive(array, env, Use.VALUE.transformed(), sink);
        Rows rows = new Rows(Instance.named("unnest"), Canon.call("rows of", canon), sink.dependencies());
        Alias alias = reference.alias();
        Identifier name = alias != null && alias.name() != null ? alias.name() : parts.getLast();
        String normal = derivation.names().column(name);
        List<ScopeColumn> columns = new ArrayList<>(List.of(rows.column(normal, name.range())));
        positions(reference.modifiers(), rows, columns);
        return part(new Source(normal, null, columns, rows.column("?", name.range()), true), rows);
    }

    private @Nullable FromPart file(String name, Relation.TableFunction function) {
        if (FILE_READERS.contains(name)
                && !function.call().arguments().isEmpty()
                && function.call().arguments().getFirst() instanceof Expression.Literal literal
                && literal.kind() == LiteralKind.STRING) {
            TableRef path = TableRef.path(literal.text());
            derivation.notes().read(path, literal.range());
            return derivation.relations().baseTable(path, function.alias(), function.range());
        }
        return null;
    }

    private Rows rows(Expression.FunctionCall call, String name, Env outer, FromPart left) {
        Scope seen = left.scope(outer.scope());
        Sink sink = new Sink();
        Env env = outer.over(seen);
        List<Canon> arguments = new ArrayList<>();
        arguments.add(Canon.text(name));
        for (Expression argument : call.arguments()) {
            arguments.add(derivation.expressions().derive(argument, env, Use.VALUE.transformed(), sink));
        }
        return new Rows(Instance.named(name), new Canon.Call("rows of", arguments), sink.dependencies());
    }

    private static FromPart part(Source source, Rows rows) {
        JoinForm joins = new JoinForm(List.of(rows.instance()), List.of(rows.call()), List.of(), 0);
        return FromPart.of(source, joins, Set.of());
    }

    private static List<String> outputs(String function, @Nullable String alias) {
        List<String> known = COLUMNS.get(function);
        if (known != null) {
            return known;
        }
        if (alias != null) {
            return List.of(alias);
        }
        return switch (function) {
            case "unnest", "generate_series", "generate_subscripts", "range", "regexp_split_to_table" ->
                List.of(function);
            default -> List.of();
        };
    }

    /** The rows a call gives. */
    private record Rows(Instance instance, Canon call, List<Dependency> dependencies) {

        ScopeColumn column(String name, SourceRange range) {
            return new ScopeColumn(
                    name, name, true, dependencies, new Canon.Column(instance, name), null, false, null, range);
        }

        ScopeColumn position(String name, SourceRange range) {
            return new ScopeColumn(
                    name, name, true, List.of(), new Canon.Column(instance, "#position"), null, false, "bigint", range);
        }

        ScopeColumn named(String output, SourceRange range) {
            return output.startsWith("#") ? position(output.substring(1), range) : column(output, range);
        }
    }
}
