package io.tailwater.lineage.project.python;

import io.tailwater.lineage.graph.SourceLocation;
import io.tailwater.lineage.graph.Unresolved;
import io.tailwater.lineage.project.SourceTree;
import io.tailwater.lineage.project.python.ModelClasses.ModelClass;
import io.tailwater.lineage.project.sql.ScriptText;
import io.tailwater.lineage.project.sql.SqlScript;
import io.tailwater.lineage.project.sql.SqlScripts;
import io.tailwater.lineage.python.Expression;
import io.tailwater.lineage.python.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Models of SQLAlchemy (https://docs.sqlalchemy.org/en/20/orm/declarative_tables.html) and of Django
 * (https://docs.djangoproject.com/en/stable/ref/models/options/) as tables, for those that no migration makes. A model of
 * Django that it does not manage reads a table that something else makes.
 */
public final class OrmModels implements SqlScripts {
    /** A column: its type is empty where it is not written out. */
    record Described(String name, String type, SourceLocation at) {}

    /** A table that a class or a call describes. */
    record DescribedTable(
            String path,
            @Nullable String schema,
            String name,
            SourceLocation at,
            boolean managed,
            Map<String, Described> columns) {}

    @Override
    public Found find(SourceTree files, String dialect) {
        ModelClasses classes = new ModelClasses(files, new Modules(files));
        List<Unresolved> unresolved = new ArrayList<>();
        List<DescribedTable> tables = new ArrayList<>();
        new DjangoModels(files, classes, unresolved).addTo(tables);
        new SqlAlchemyModels(classes, unresolved).addTo(tables);
        Map<String, ScriptText> byFile = new LinkedHashMap<>();
        Set<String> taken = new LinkedHashSet<>();
        List<SqlScript> scripts = new ArrayList<>();
        for (DescribedTable table : tables) {
            String told = files.config().dialectOf(table.path());
            String chosen = told != null ? told : dialect.equals("ansi") ? "postgres" : dialect;
            taken.add(table.path());
            if (table.managed()) {
                create(byFile.computeIfAbsent(table.path(), path -> new ScriptText(chosen, table.at())), table);
            } else if (!table.columns().isEmpty()) {
                scripts.add(read(new ScriptText(chosen, table.at()), table).script(table.path(), SqlScript.Kind.JOB));
            }
        }
        byFile.forEach((path, sql) -> scripts.add(sql.script(path, SqlScript.Kind.MODEL)));
        return new Found(scripts, unresolved, taken);
    }

    private static void create(ScriptText sql, DescribedTable table) {
        sql.add("CREATE TABLE " + sql.table(table.schema(), table.name()) + " (\n", table.at());
        String separator = "";
        for (Described column : table.columns().values()) {
            sql.add(separator + sql.quoted(column.name()) + " " + column.type() + "\n", column.at());
            separator = ", ";
        }
        sql.add(")\n;\n", table.at());
    }

    private static ScriptText read(ScriptText sql, DescribedTable table) {
        sql.add("SELECT\n", table.at());
        String separator = "";
        for (Described column : table.columns().values()) {
            sql.add(separator + sql.quoted(column.name()) + "\n", column.at());
            separator = ", ";
        }
        return sql.add("FROM " + sql.table(table.schema(), table.name()) + "\n;\n", table.at());
    }

    /** An expression as far as the names of types and their sizes go. */
    static Value asValue(@Nullable Expression expression, Map<String, Expression> constants, int depth) {
        return switch (expression) {
            case Expression.Name name -> new Value.External(name.id());
            case Expression.Attribute attribute -> new Value.External(attribute.name());
            case Expression.Constant constant ->
                switch (constant.kind()) {
                    case TRUE -> new Value.Plain(true);
                    case FALSE -> new Value.Plain(false);
                    case NUMBER ->
                        new Value.Plain(constant.text().matches("\\d{1,9}") ? Long.valueOf(constant.text()) : null);
                    case NONE, ELLIPSIS -> Value.NONE;
                };
            case Expression.Text text -> {
                String known = ModelClasses.text(text, constants, 0);
                yield known == null
                        ? Value.NONE
                        : Value.Text.of(known, SourceLocation.of("", text.span().line()));
            }
            case Expression.Call call -> {
                List<Value> arguments = new ArrayList<>();
                Map<String, Value> named = new HashMap<>();
                for (Expression.Argument argument : call.arguments()) {
                    Value value = depth > 5 ? Value.NONE : asValue(argument.value(), constants, depth + 1);
                    if (argument.name() != null) {
                        named.put(argument.name(), value);
                    } else if (argument.stars() == 0) {
                        arguments.add(value);
                    }
                }
                String name = ModelClasses.lastName(call.function());
                yield new Value.Called(
                        new Value.External(name == null ? "" : name),
                        arguments,
                        named,
                        SourceLocation.of("", call.span().line()));
            }
            case null, default -> Value.NONE;
        };
    }

    /** Models of SQLAlchemy, SQLModel and Flask-SQLAlchemy. */
    static final class SqlAlchemyModels {
        private static final Set<String> COLUMNS = Set.of("Column", "mapped_column");
        private static final Set<String> WRAPPERS = Set.of("deferred", "column_property");
        private static final Map<String, String> PLAIN_TYPES = Map.of(
                "int", "INTEGER",
                "str", "VARCHAR",
                "bool", "BOOLEAN",
                "float", "FLOAT",
                "datetime", "TIMESTAMP",
                "date", "DATE",
                "Decimal", "NUMERIC",
                "UUID", "UUID",
                "bytes", "BYTEA");

        private final ModelClasses classes;
        private final List<Unresolved> unresolved;
        private final Map<ModelClass, DescribedTable> described = new LinkedHashMap<>();

        SqlAlchemyModels(ModelClasses classes, List<Unresolved> unresolved) {
            this.classes = classes;
            this.unresolved = unresolved;
        }

        void addTo(List<DescribedTable> tables) {
            for (ModelClass each : classes.all()) {
                DescribedTable table = table(each);
                if (table != null) {
                    described.put(each, table);
                }
            }
            // a class without a table of its own adds to the table of the class it extends
            for (ModelClass each : classes.all()) {
                DescribedTable table = described.containsKey(each) ? null : tableAbove(each, new HashSet<>());
                if (table != null) {
                    own(each, table.columns(), isSqlModel(each));
                }
            }
            tables.addAll(described.values());
            classes.modules().forEach((path, module) -> {
                for (Statement statement : module.statements()) {
                    if (statement instanceof Statement.Assign assign
                            && assign.value() instanceof Expression.Call call
                            && "Table".equals(ModelClasses.lastName(call.function()))) {
                        DescribedTable table = table(path, call, classes.constants(path));
                        if (table != null) {
                            tables.add(table);
                        }
                    }
                }
            });
        }

        private @Nullable DescribedTable tableAbove(ModelClass model, Set<ModelClass> seen) {
            for (String base : model.bases()) {
                ModelClass above = classes.find(base, model.path());
                if (above == null || !seen.add(above)) {
                    continue;
                }
                DescribedTable known = described.get(above);
                DescribedTable table = known != null ? known : tableAbove(above, seen);
                if (table != null) {
                    return table;
                }
            }
            return null;
        }

        private @Nullable DescribedTable table(ModelClass model) {
            if (model.assigned("__table__") instanceof Expression.Call call
                    && "Table".equals(ModelClasses.lastName(call.function()))) {
                return table(model.path(), call, model.constants());
            }
            Expression named = model.assigned("__tablename__");
            String name = model.text(named);
            if (named == null) {
                name = usualName(model);
            } else if (name == null) {
                open(model.at(), "which table the class " + model.name() + " is shows only in a run");
            }
            if (name == null || ModelClasses.isTrue(model.assigned("__abstract__"))) {
                return null;
            }
            Map<String, Described> columns = new LinkedHashMap<>();
            inherited(model, columns, isSqlModel(model), new HashSet<>(Set.of(model)));
            own(model, columns, isSqlModel(model));
            return columns.isEmpty()
                    ? null
                    : new DescribedTable(model.path(), schema(model), name, model.at(), true, columns);
        }

        /** The name a table gets from its class: of SQLModel, of Flask-SQLAlchemy, or by a rule of a base class. */
        private @Nullable String usualName(ModelClass model) {
            boolean isTable = model.definition().bases().stream()
                    .anyMatch(each -> "table".equals(each.name()) && ModelClasses.isTrue(each.value()));
            if (isTable) {
                return model.name().toLowerCase(java.util.Locale.ROOT);
            }
            boolean ofFlask = model.definition().bases().stream()
                    .anyMatch(each -> each.value() instanceof Expression.Attribute attribute
                            && attribute.name().equals("Model")
                            && "db".equals(ModelClasses.lastName(attribute.target())));
            if (ofFlask) {
                return model.name()
                        .replaceAll("([a-z0-9])([A-Z])", "$1_$2")
                        .replaceAll("([A-Z]+)([A-Z][a-z])", "$1_$2")
                        .toLowerCase(java.util.Locale.ROOT);
            }
            return null;
        }

        private static boolean isSqlModel(ModelClass model) {
            return model.definition().bases().stream().anyMatch(each -> "table".equals(each.name()));
        }

        private @Nullable String schema(ModelClass model) {
            Expression arguments = model.assigned("__table_args__");
            Expression last = arguments instanceof Expression.Sequence sequence
                            && !sequence.elements().isEmpty()
                    ? sequence.elements().getLast()
                    : arguments;
            if (last instanceof Expression.Dictionary dictionary) {
                for (Expression.Entry entry : dictionary.entries()) {
                    if ("schema".equals(model.text(entry.key()))) {
                        return model.text(entry.value());
                    }
                }
            }
            return null;
        }

        private void inherited(
                ModelClass model, Map<String, Described> columns, boolean annotated, Set<ModelClass> seen) {
            for (String base : model.bases()) {
                ModelClass above = classes.find(base, model.path());
                if (above != null && seen.size() < 50 && seen.add(above)) {
                    inherited(above, columns, annotated, seen);
                    boolean ownTable = above.assigned("__tablename__") != null && usualName(above) == null;
                    if (!ownTable) {
                        own(above, columns, annotated);
                    }
                }
            }
        }

        /** @param annotated whether a type alone makes a column, as SQLModel has it */
        private void own(ModelClass model, Map<String, Described> columns, boolean annotated) {
            for (Statement each : model.definition().body()) {
                Described column = switch (each) {
                    case Statement.Assign assign
                    when assign.targets().size() == 1 && assign.targets().getFirst() instanceof Expression.Name name ->
                        column(model, name.id(), assign.value(), null, each);
                    case Statement.AnnotatedAssign assign
                    when assign.target() instanceof Expression.Name name -> {
                        Described made = column(model, name.id(), assign.value(), assign.annotation(), each);
                        yield made != null || !annotated || name.id().startsWith("_")
                                ? made
                                : plain(model, name.id(), assign, each);
                    }
                    default -> null;
                };
                if (column != null) {
                    columns.put(column.name(), column);
                }
            }
        }

        private static @Nullable Described plain(
                ModelClass model, String name, Statement.AnnotatedAssign assign, Statement at) {
            String made = ModelClasses.lastName(assign.value());
            String type = ModelClasses.lastName(assign.annotation());
            boolean none = "Relationship".equals(made)
                    || "ClassVar".equals(type)
                    || "List".equals(type)
                    || "list".equals(type);
            return none
                    ? null
                    : new Described(
                            name,
                            pythonType(assign.annotation(), 0),
                            SourceLocation.of(model.path(), at.span().line()));
        }

        private static @Nullable Described column(
                ModelClass model,
                String attribute,
                @Nullable Expression value,
                @Nullable Expression annotation,
                Statement statement) {
            SourceLocation at = SourceLocation.of(model.path(), statement.span().line());
            String made = ModelClasses.lastName(value);
            Expression.Call call = value instanceof Expression.Call found ? found : null;
            if (call != null
                    && WRAPPERS.contains(String.valueOf(made))
                    && !call.arguments().isEmpty()) {
                call = call.arguments().getFirst().value() instanceof Expression.Call inner ? inner : null;
                made = ModelClasses.lastName(call);
            }
            if (call != null && made != null && COLUMNS.contains(made)) {
                String type = type(call, model.constants());
                return new Described(
                        columnName(call, attribute, model.constants()),
                        type.isEmpty() ? pythonType(annotation, 0) : type,
                        at);
            }
            boolean mapped = value == null && "Mapped".equals(ModelClasses.lastName(annotation));
            return mapped ? new Described(attribute, pythonType(annotation, 0), at) : null;
        }

        private static String pythonType(@Nullable Expression annotation, int depth) {
            if (annotation == null || depth > 6) {
                return "";
            }
            return switch (annotation) {
                case Expression.Name name -> PLAIN_TYPES.getOrDefault(name.id(), "");
                case Expression.Attribute attribute -> PLAIN_TYPES.getOrDefault(attribute.name(), "");
                case Expression.Subscript subscript -> pythonType(subscript.index(), depth + 1);
                case Expression.Operation operation ->
                    pythonType(operation.operands().getFirst(), depth + 1);
                default -> "";
            };
        }

        private static String columnName(Expression.Call call, String usual, Map<String, Expression> constants) {
            Expression first =
                    call.arguments().isEmpty() || call.arguments().getFirst().name() != null
                            ? ModelClasses.named(call, "name")
                            : call.arguments().getFirst().value();
            String name = first instanceof Expression.Text ? ModelClasses.text(first, constants, 0) : null;
            return name == null || name.isBlank() ? usual : name;
        }

        private static String type(Expression.Call call, Map<String, Expression> constants) {
            for (Expression.Argument argument : call.arguments()) {
                boolean isType = (argument.name() == null || argument.name().equals("type_"))
                        && !(argument.value() instanceof Expression.Text)
                        && argument.stars() == 0;
                String name = isType ? ModelClasses.lastName(argument.value()) : null;
                if (name != null
                        && !Set.of("ForeignKey", "Sequence", "Identity", "Computed", "CheckConstraint", "FetchedValue")
                                .contains(name)) {
                    String type = ColumnTypes.of(asValue(argument.value(), constants, 0));
                    return type == null ? "" : type;
                }
            }
            return "";
        }

        /** {@code Table("name", metadata, Column(…), …)}. */
        private static @Nullable DescribedTable table(
                String path, Expression.Call call, Map<String, Expression> constants) {
            String name = call.arguments().isEmpty()
                    ? null
                    : ModelClasses.text(call.arguments().getFirst().value(), constants, 0);
            Map<String, Described> columns = new LinkedHashMap<>();
            for (Expression.Argument argument : call.arguments()) {
                if (argument.value() instanceof Expression.Call column
                        && "Column".equals(ModelClasses.lastName(column.function()))) {
                    String called = columnName(column, "", constants);
                    if (!called.isEmpty()) {
                        columns.put(
                                called,
                                new Described(
                                        called,
                                        type(column, constants),
                                        SourceLocation.of(path, column.span().line())));
                    }
                }
            }
            return name == null || columns.isEmpty()
                    ? null
                    : new DescribedTable(
                            path,
                            ModelClasses.text(ModelClasses.named(call, "schema"), constants, 0),
                            name,
                            SourceLocation.of(path, call.span().line()),
                            true,
                            columns);
        }

        private void open(SourceLocation at, String reason) {
            unresolved.add(new Unresolved(at, reason, null, null));
        }
    }

    /** Models of Django. */
    static final class DjangoModels {
        private static final Map<String, List<String>> KNOWN = Map.of(
                "AbstractUser",
                List.of(
                        "password",
                        "last_login",
                        "is_superuser",
                        "username",
                        "first_name",
                        "last_name",
                        "email",
                        "is_staff",
                        "is_active",
                        "date_joined"),
                "AbstractBaseUser",
                List.of("password", "last_login"),
                "PermissionsMixin",
                List.of("is_superuser"));

        private final SourceTree files;
        private final ModelClasses classes;
        private final List<Unresolved> unresolved;

        DjangoModels(SourceTree files, ModelClasses classes, List<Unresolved> unresolved) {
            this.files = files;
            this.classes = classes;
            this.unresolved = unresolved;
        }

        void addTo(List<DescribedTable> tables) {
            for (ModelClass each : classes.all()) {
                if (isModel(each, new HashSet<>()) && !isTrue(each, "abstract") && !isTrue(each, "proxy")) {
                    tables.add(table(each));
                }
            }
        }

        private boolean isModel(ModelClass model, Set<ModelClass> seen) {
            if (!seen.add(model) || seen.size() > 50) {
                return false;
            }
            for (Expression.Argument argument : model.definition().bases()) {
                if (argument.value() instanceof Expression.Attribute attribute
                        && attribute.name().equals("Model")
                        && "models".equals(ModelClasses.lastName(attribute.target()))) {
                    return true;
                }
                String base = ModelClasses.lastName(argument.value());
                ModelClass above = base == null ? null : classes.find(base, model.path());
                if (base != null && (KNOWN.containsKey(base) || above != null && isModel(above, seen))) {
                    return true;
                }
            }
            return false;
        }

        private static @Nullable Expression option(ModelClass model, String name) {
            for (Statement each : model.definition().body()) {
                if (each instanceof Statement.ClassDefinition meta
                        && meta.name().equals("Meta")) {
                    return new ModelClass(model.path(), meta, model.constants()).assigned(name);
                }
            }
            return null;
        }

        private static boolean isTrue(ModelClass model, String option) {
            return ModelClasses.isTrue(option(model, option));
        }

        private DescribedTable table(ModelClass model) {
            String told = model.text(option(model, "db_table"));
            String name = told == null
                    ? app(model).toLowerCase(java.util.Locale.ROOT) + "_"
                            + model.name().toLowerCase(java.util.Locale.ROOT)
                    : told.replace("\"", "");
            if (told == null && option(model, "db_table") != null) {
                open(model.at(), "which table the class " + model.name() + " is shows only in a run");
            }
            Map<String, Described> columns = new LinkedHashMap<>();
            boolean keyed = fields(model, columns, new HashSet<>());
            if (!keyed) {
                Map<String, Described> all = new LinkedHashMap<>();
                all.put("id", new Described("id", "BIGINT", model.at()));
                all.putAll(columns);
                columns = all;
            }
            int dot = name.indexOf('.');
            return new DescribedTable(
                    model.path(),
                    dot < 0 ? null : name.substring(0, dot),
                    name.substring(dot + 1),
                    model.at(),
                    !ModelClasses.isFalse(option(model, "managed")),
                    columns);
        }

        /** Adds the columns of a class and of what it extends; tells whether one is the key. */
        private boolean fields(ModelClass model, Map<String, Described> columns, Set<ModelClass> seen) {
            boolean keyed = false;
            if (!seen.add(model) || seen.size() > 50) {
                return false;
            }
            for (Expression.Argument argument : model.definition().bases()) {
                String base = argument.name() == null ? ModelClasses.lastName(argument.value()) : null;
                ModelClass above = base == null ? null : classes.find(base, model.path());
                if (base == null) {
                    continue;
                }
                if (above == null || above == model) {
                    KNOWN.getOrDefault(base, List.of())
                            .forEach(each -> columns.put(each, new Described(each, "", model.at())));
                } else if (isModel(above, new HashSet<>()) && !isTrue(above, "abstract")) {
                    if (!isTrue(model, "proxy")) {
                        String link = base.toLowerCase(java.util.Locale.ROOT) + "_ptr_id";
                        columns.put(link, new Described(link, "BIGINT", model.at()));
                        keyed = true;
                    }
                } else {
                    keyed |= fields(above, columns, seen);
                }
            }
            for (Statement each : model.definition().body()) {
                keyed |= field(model, each, columns);
            }
            return keyed;
        }

        private static boolean field(ModelClass model, Statement statement, Map<String, Described> columns) {
            String attribute = null;
            Expression value = null;
            if (statement instanceof Statement.Assign assign
                    && assign.targets().size() == 1
                    && assign.targets().getFirst() instanceof Expression.Name name) {
                attribute = name.id();
                value = assign.value();
            } else if (statement instanceof Statement.AnnotatedAssign assign
                    && assign.target() instanceof Expression.Name name) {
                attribute = name.id();
                value = assign.value();
            }
            if (attribute == null || !(value instanceof Expression.Call call)) {
                return false;
            }
            String kind = String.valueOf(ModelClasses.lastName(call.function()));
            boolean isField = kind.endsWith("Field") || kind.endsWith("ForeignKey") || kind.equals("GenericRelation");
            if (!isField || !(asValue(call, model.constants(), 0) instanceof Value.Called called)) {
                return false;
            }
            DjangoOperations.Field made = DjangoOperations.made(attribute, called);
            if (made.column() != null) {
                columns.put(
                        made.column(),
                        new Described(
                                made.column(),
                                made.type(),
                                SourceLocation.of(model.path(), statement.span().line())));
            }
            return ModelClasses.isTrue(ModelClasses.named(call, "primary_key"));
        }

        /** The label of the app a class belongs to: what it says, else the folder that is an app. */
        private String app(ModelClass model) {
            String told = model.text(option(model, "app_label"));
            if (told != null) {
                return told;
            }
            String folder = Modules.folder(model.path());
            for (String each = folder; !each.isEmpty(); each = Modules.folder(each)) {
                if (files.has(each + "/apps.py") || files.has(each + "/migrations/__init__.py")) {
                    return each.substring(each.lastIndexOf('/') + 1);
                }
            }
            String last = folder.substring(folder.lastIndexOf('/') + 1);
            String above = Modules.folder(folder);
            return last.equals("models") ? above.substring(above.lastIndexOf('/') + 1) : last;
        }

        private void open(SourceLocation at, String reason) {
            unresolved.add(new Unresolved(at, reason, null, null));
        }
    }
}
