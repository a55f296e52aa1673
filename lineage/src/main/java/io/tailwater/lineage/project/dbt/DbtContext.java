package io.tailwater.lineage.project.dbt;

import io.tailwater.lineage.jinja.Call;
import io.tailwater.lineage.jinja.Globals;
import io.tailwater.lineage.jinja.Interpreter;
import io.tailwater.lineage.jinja.Template;
import io.tailwater.lineage.jinja.TemplateException;
import io.tailwater.lineage.jinja.Value;
import io.tailwater.lineage.project.LineageAssembler;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What names mean in the templates of one node: dbt's context, as far as the text of the repository tells it. */
final class DbtContext implements Globals {
    /** End of the reasons of what no repository can tell. */
    static final String ONLY_IN_A_RUN = " is known only in a run";

    private final DbtProject project;
    private final @Nullable Node node;
    private final Registry registry;
    private final MacroLibrary macros;
    private final Columns columns;
    private final Map<String, Value> names = new LinkedHashMap<>();

    DbtContext(DbtProject project, @Nullable Node node, Registry registry, MacroLibrary macros, Columns columns) {
        this.project = project;
        this.node = node;
        this.registry = registry;
        this.macros = macros;
        this.columns = columns;
        function("ref", this::ref);
        function("source", this::source);
        function("var", this::variable);
        function("env_var", this::environment);
        function("is_incremental", call -> incremental(call));
        function("log", call -> Value.Str.of(""));
        function("print", call -> Value.Str.of(""));
        function("run_query", call -> unknown("the result of run_query"));
        function("load_result", call -> unknown("the result of a statement"));
        function("statement", call -> Value.Str.of(""));
        function("store_result", call -> Value.Str.of(""));
        function("doc", call -> Value.Str.of(""));
        function("set", call -> unique(call, 0));
        function("set_strict", call -> unique(call, 0));
        function("zip", DbtContext::zip);
        function("zip_strict", DbtContext::zip);
        function("tojson", call -> Value.Str.of(io.tailwater.lineage.jinja.Python.json(call.required(0, "value"))));
        function("fromjson", call -> unknown("parsed JSON"));
        function("fromyaml", call -> unknown("parsed YAML"));
        function("toyaml", call -> unknown("YAML text"));
        function("local_md5", call -> unknown("an MD5 sum"));
        function("adapter_macro", this::adapterMacro);
        function("diff_of_two_dicts", call -> unknown("a comparison of dicts"));
        function(
                "tailwater_is_known",
                call -> Value.Bool.of(call.interpreter().unknownReason(call.required(0, "value")) == null));
        function(
                "tailwater_unknown",
                call -> unknown(
                        call.interpreter().displayed(call.required(0, "what")).value()));
        function("tailwater_relations", this::relationsOfRun);
        function("tailwater_slug", call -> slug(call.interpreter(), call.required(0, "string")));
        names.put("return", Interpreter.returning());
        names.put("execute", Value.Bool.TRUE);
        names.put("config", new ConfigObject());
        names.put("target", new HostObject("target", this::target));
        names.put("adapter", new HostObject("adapter", this::adapter));
        names.put("exceptions", new HostObject("exceptions", this::exceptions));
        names.put("api", new HostObject("api", this::api));
        names.put("flags", new HostObject("flags", name -> unknown("the flag " + name)));
        names.put("model", modelObject());
        names.put("graph", unknown("the graph object"));
        names.put("modules", unknown("a Python module"));
        names.put("run_started_at", unknown("the time of the run"));
        names.put("invocation_id", unknown("the id of the run"));
        names.put("results", unknown("the results of the run"));
        names.put("selected_resources", unknown("what is selected in the run"));
        names.put("project_name", Value.Str.of(project.name()));
        names.put("dbt_version", Value.Str.of("1.9.0"));
        names.put("schema", text(project.profile().schema(), "the schema of the target"));
        names.put("database", text(project.profile().database(), "the database of the target"));
        names.put("builtins", new HostObject("builtins", names::get));
        if (node != null && node.kind.readable()) {
            names.put("this", relation(node));
        }
    }

    private void function(String name, Value.Function function) {
        names.put(name, function);
    }

    static Value unknown(String what) {
        return new Value.Unknown(what + ONLY_IN_A_RUN);
    }

    @Override
    public @Nullable Value lookup(String name, Template from) {
        Value.Function macro = macros.find(macros.packageOf(from), project.name(), name);
        boolean ownPackage = macro != null && names.containsKey(name) && macros.inPackage(project.name(), name) == null;
        if (macro != null && !ownPackage) {
            return macro;
        }
        Value value = names.get(name);
        if (value != null) {
            return value;
        }
        return macros.hasPackage(name) ? packageObject(name) : null;
    }

    private Value packageObject(String packageName) {
        return new HostObject(packageName, name -> {
            Value.Function macro = macros.inPackage(packageName, name);
            return macro != null ? macro : new Value.Undefined(packageName + "." + name);
        });
    }

    @Override
    public @Nullable Value missing(String name) {
        return new Value.Unknown("the macro or object " + name + " is in no package here");
    }

    // references

    private Value ref(Call call) {
        List<String> parts = new ArrayList<>();
        for (Value argument : call.positional()) {
            String text = call.interpreter().knownText(argument);
            if (text == null) {
                return new Value.Unknown(
                        "which model is meant: " + call.interpreter().unknownReason(argument));
            }
            parts.add(text);
        }
        if (parts.isEmpty() || parts.size() > 2) {
            throw new TemplateException("ref takes a name, or a package and a name");
        }
        String name = parts.get(parts.size() - 1);
        Value version = call.named().get("v") != null
                ? call.named().get("v")
                : call.named().get("version");
        String packageName = parts.size() == 2 ? parts.get(0) : null;
        String number = version == null ? null : call.interpreter().knownText(version);
        Node found = number == null ? null : registry.find(project, packageName, name + ".v" + number);
        boolean pinned = number != null && registry.isVersioned(project, name);
        if (found == null && !pinned) {
            found = registry.find(project, packageName, name);
        }
        if (found != null) {
            note(found.id);
            return relation(found);
        }
        String missing = pinned ? name + "_v" + number : name;
        String id = "dbt." + (packageName == null ? project.name() : packageName) + "." + missing;
        note(id);
        return Relation.of(id, unknown("the database"), unknown("the schema"), missing, dialect());
    }

    private Value source(Call call) {
        String source = call.interpreter().knownText(call.required(0, "source_name"));
        String table = call.interpreter().knownText(call.required(1, "table_name"));
        if (source == null || table == null) {
            return new Value.Unknown("which source is meant is known only in a run");
        }
        String id = "dbt_source." + project.name() + "." + source + "." + table;
        note(id);
        SourceTable declared = registry.source(id);
        return declared == null
                ? Relation.of(id, unknown("the database"), unknown("the schema"), table, dialect())
                : Relation.of(
                        id,
                        text(declared.database(), "the database of the source " + source),
                        text(declared.schema(), "the schema of the source " + source),
                        declared.identifier(),
                        dialect());
    }

    /** The relations that match a pattern in the database, as one that stands for all of them. */
    private Value relationsOfRun(Call call) {
        String schema = call.interpreter().knownText(call.required(0, "schema"));
        String pattern = call.interpreter().knownText(call.required(1, "pattern"));
        if (schema == null || pattern == null) {
            return unknown("which relations are meant");
        }
        String matching = (schema + "." + pattern).replace('%', '*');
        String id = LineageAssembler.tableOfRun(matching);
        note(id);
        Relation all = Relation.of(id, unknown("the database"), Value.Str.of(schema), "relations", dialect());
        return Value.Items.of(List.of(all));
    }

    private void note(String id) {
        if (node != null) {
            node.references.add(id);
        }
    }

    private Relation relation(Node target) {
        return Relation.of(
                target.id,
                text(target.database, "the database of " + target.name),
                text(target.schema, "the schema of " + target.name),
                target.identifier(),
                dialect());
    }

    private String dialect() {
        return project.dialect().dialect();
    }

    private static Value text(@Nullable String text, String what) {
        return text == null || text.contains("{{") ? unknown(what) : Value.Str.of(text);
    }

    // configuration

    private Value variable(Call call) {
        if (call.positional().isEmpty() && call.named().isEmpty()) {
            return new HostObject("var", name -> switch (name) {
                case "get" -> (Value.Function) this::variable;
                case "has_var" ->
                    (Value.Function) has -> Value.Bool.of(
                            ProjectVariables.find(project, call.interpreter().knownText(has.required(0, "name")), this)
                                    != null);
                default -> null;
            });
        }
        String name = call.interpreter().knownText(call.required(0, "name"));
        if (name == null) {
            return unknown("which variable is meant");
        }
        Value found = ProjectVariables.find(project, name, this);
        if (found != null) {
            return found;
        }
        Value otherwise = call.argument(1, "default");
        return otherwise != null
                ? otherwise
                : new Value.Unknown("the variable " + name + " has no value in " + project.path());
    }

    private Value environment(Call call) {
        String name = call.interpreter().knownText(call.required(0, "name"));
        Value otherwise = call.argument(1, "default");
        return otherwise != null
                ? otherwise
                : new Value.Unknown("the environment variable " + name + " has no default");
    }

    private Value incremental(Call call) {
        Value materialized = node == null ? null : node.config.get("materialized");
        boolean incremental =
                materialized instanceof Value.Str text && text.value().equals("incremental");
        boolean undecided = materialized instanceof Value.Unknown
                || (materialized instanceof Value.Str custom && !isBuiltIn(custom.value()));
        return incremental || undecided ? call.interpreter().either() : Value.Bool.FALSE;
    }

    private static boolean isBuiltIn(String materialization) {
        return switch (materialization) {
            case "table", "view", "ephemeral", "materialized_view" -> true;
            default -> false;
        };
    }

    /** {@code config(...)}, {@code config.get(...)}. */
    private final class ConfigObject implements Value.Function {
        @Override
        public Value call(Call call) {
            Map<String, Value> given = new LinkedHashMap<>();
            if (!call.positional().isEmpty() && call.positional().get(0) instanceof Value.Dict dict) {
                dict.entries().forEach((key, value) -> given.put(String.valueOf(key), value));
            }
            given.putAll(call.named());
            if (node != null) {
                node.config.putAll(given);
            }
            return Value.Str.of("");
        }

        Value get(Call call) {
            String name = call.interpreter().knownText(call.required(0, "name"));
            Value found = node == null || name == null ? null : node.config.get(name);
            return found != null ? found : call.argument(1, "default", Value.None.NONE);
        }
    }

    @Override
    public @Nullable Value attributeOf(Value.Function function, String name) {
        if (function instanceof ConfigObject config) {
            return switch (name) {
                case "get", "require", "meta_get", "meta_require" -> (Value.Function) config::get;
                case "persist_relation_docs", "persist_column_docs" -> (Value.Function) call -> Value.Bool.FALSE;
                default -> node == null ? null : node.config.get(name);
            };
        }
        return null;
    }

    private @Nullable Value model(String name) {
        if (node == null) {
            return null;
        }
        return switch (name) {
            case "name" -> Value.Str.of(node.name);
            case "alias" -> Value.Str.of(node.identifier());
            case "unique_id" -> Value.Str.of(node.kind.word() + "." + project.name() + "." + node.name);
            case "package_name" -> Value.Str.of(project.name());
            case "resource_type" -> Value.Str.of(node.kind.word());
            case "original_file_path", "path" -> Value.Str.of(node.path);
            case "schema" -> text(node.schema, "the schema of " + node.name);
            case "database" -> text(node.database, "the database of " + node.name);
            case "config" -> Value.Dict.of(node.config);
            case "get" ->
                (Value.Function) call -> {
                    Value found = model(String.valueOf(call.interpreter().knownText(call.required(0, "name"))));
                    return found == null ? call.argument(1, "default", Value.None.NONE) : found;
                };
            default -> unknown("model." + name);
        };
    }

    /** The object {@code model} or {@code node}. */
    Value modelObject() {
        return new HostObject("model", this::model);
    }

    private @Nullable Value target(String name) {
        TargetProfile profile = project.profile();
        return switch (name) {
            case "name", "target_name" -> text(profile.name(), "the name of the target");
            case "type" -> Value.Str.of(profile.type() == null ? dialect() : profile.type());
            case "schema", "dataset" -> text(profile.schema(), "the schema of the target");
            case "database", "dbname", "project" -> text(profile.database(), "the database of the target");
            case "profile_name" -> text(project.yaml().text("profile"), "the name of the profile");
            case "get" ->
                (Value.Function) call -> {
                    Value found = target(String.valueOf(call.interpreter().knownText(call.required(0, "name"))));
                    return found == null ? call.argument(1, "default", Value.None.NONE) : found;
                };
            default -> unknown("target." + name);
        };
    }

    // adapter

    private @Nullable Value adapter(String name) {
        return switch (name) {
            case "dispatch" -> (Value.Function) this::dispatch;
            case "get_columns_in_relation" -> (Value.Function) this::columnsOf;
            case "quote", "quote_as_configured" -> (Value.Function) call -> quoted(call);
            case "type" -> (Value.Function) call -> Value.Str.of(dialect());
            case "create_schema", "drop_relation", "execute", "add_query", "commit", "rename_relation" ->
                (Value.Function) call -> Value.Str.of("");
            default -> (Value.Function) call -> unknown("the answer of adapter." + name);
        };
    }

    private Value quoted(Call call) {
        Value column = call.required(0, "identifier");
        String text = call.interpreter().knownText(column);
        if (text == null) {
            return column;
        }
        boolean backTicks = switch (dialect()) {
            case "bigquery", "databricks", "spark", "hive", "mysql" -> true;
            default -> false;
        };
        return Value.Str.of(backTicks ? "`" + text + "`" : "\"" + text + "\"");
    }

    /** What projects called before there was {@code adapter.dispatch}: finds and calls in one. */
    private Value adapterMacro(Call call) {
        Value found = dispatch(call);
        List<Value> rest = call.positional()
                .subList(
                        Math.min(1, call.positional().size()), call.positional().size());
        return call.interpreter().call(found, rest, call.named(), call.origin());
    }

    private Value dispatch(Call call) {
        String name = call.interpreter().knownText(call.required(0, "macro_name"));
        Value namespace = call.named().get("macro_namespace");
        if (namespace == null && call.positional().size() == 2) {
            namespace = call.positional().get(1);
        }
        String packageName =
                namespace instanceof Value.Str text && macros.hasPackage(text.value()) ? text.value() : null;
        if (name == null) {
            return unknown("which macro is dispatched");
        }
        int dot = name.indexOf('.');
        if (dot > 0) {
            packageName = name.substring(0, dot);
            name = name.substring(dot + 1);
        }
        String caller = macros.packageOf(call.origin().template());
        Value.Function found =
                macros.dispatch(name, packageName == null ? caller : packageName, project.name(), dialect());
        return found != null ? found : new Value.Undefined((packageName == null ? "" : packageName + ".") + name);
    }

    private Value columnsOf(Call call) {
        if (node != null) {
            node.asksForColumns = true;
        }
        if (call.required(0, "relation") instanceof Relation relation && relation.datasetId() != null) {
            List<String> known = columns.of(relation.datasetId());
            if (known != null) {
                return new Value.Items(
                        new ArrayList<>(known.stream().map(DbtContext::column).toList()));
            }
            return new Value.Unknown(
                    "the columns of " + relation.identifier() + " are declared nowhere", relation.datasetId());
        }
        return unknown("which columns the relation has");
    }

    private static Value column(String name) {
        return new HostObject(name, attribute -> switch (attribute) {
            case "name", "column", "quoted" -> Value.Str.of(name);
            case "data_type", "dtype" -> unknown("the type of the column " + name);
            case "is_string", "is_number", "is_numeric", "is_float", "is_integer" ->
                (Value.Function) call -> unknown("the type of the column " + name);
            default -> null;
        });
    }

    private Value api(String name) {
        return new HostObject(name, attribute -> switch (attribute) {
            case "create" -> (Value.Function) this::createdRelation;
            case "translate_type" -> (Value.Function) call -> call.required(0, "dtype");
            default -> (Value.Function) call -> unknown("the result of api." + name + "." + attribute);
        });
    }

    private Value createdRelation(Call call) {
        Value database = call.argument(0, "database", Value.None.NONE);
        Value schema = call.argument(1, "schema", Value.None.NONE);
        Value identifier = call.argument(2, "identifier", Value.None.NONE);
        return Relation.ofParts(call.interpreter(), database, schema, identifier);
    }

    private @Nullable Value exceptions(String name) {
        return switch (name) {
            case "warn", "warn_or_error" -> (Value.Function) call -> Value.Str.of("");
            default ->
                (Value.Function) call -> {
                    throw new TemplateException("the template raises an error: "
                            + call.interpreter()
                                    .displayed(
                                            call.positional().isEmpty()
                                                    ? Value.Str.of(name)
                                                    : call.positional().get(0))
                                    .value());
                };
        };
    }

    /** The text as dbt_utils makes identifiers of texts. */
    private static Value slug(Interpreter interpreter, Value value) {
        String text = interpreter.knownText(value);
        if (text == null) {
            return value;
        }
        String slug =
                text.toLowerCase(java.util.Locale.ROOT).replaceAll("[ -]+", "_").replaceAll("[^a-z0-9_]+", "");
        return Value.Str.of(slug.replaceAll("^[0-9]", "_$0"));
    }

    // functions over collections

    private static Value unique(Call call, int position) {
        Value source = call.argument(position, "value", new Value.Items(List.of()));
        return source instanceof Value.Unknown
                ? source
                : io.tailwater.lineage.jinja.Python.set(call.interpreter(), source);
    }

    private static Value zip(Call call) {
        List<List<Value>> lists = new ArrayList<>();
        for (Value argument : call.positional()) {
            if (argument instanceof Value.Unknown) {
                return argument;
            }
            lists.add(call.interpreter().iterate(argument));
        }
        int shortest = lists.stream().mapToInt(List::size).min().orElse(0);
        List<Value> rows = new ArrayList<>();
        for (int i = 0; i < shortest; i++) {
            List<Value> row = new ArrayList<>();
            for (List<Value> list : lists) {
                row.add(list.get(i));
            }
            rows.add(new Value.Tuple(row));
        }
        return new Value.Items(rows);
    }
}
