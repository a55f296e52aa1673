package io.tailwater.lineage.project.python;

import io.tailwater.lineage.graph.SourceLocation;
import io.tailwater.lineage.graph.Unresolved;
import io.tailwater.lineage.project.python.Value.Called;
import io.tailwater.lineage.project.python.Value.Items;
import io.tailwater.lineage.project.python.Value.Mapping;
import io.tailwater.lineage.project.python.Value.Plain;
import io.tailwater.lineage.project.python.Value.Text;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the operations of migrations do to tables; keeps what models are called there between migrations. */
final class DjangoOperations {
    private static final Set<String> WITHOUT_COLUMNS = Set.of(
            "AddIndex",
            "RemoveIndex",
            "RenameIndex",
            "AddConstraint",
            "RemoveConstraint",
            "AlterConstraint",
            "AlterUniqueTogether",
            "AlterIndexTogether",
            "AlterOrderWithRespectTo",
            "AlterModelOptions",
            "AlterModelManagers",
            "AlterModelTableComment",
            "AddIndexConcurrently",
            "RemoveIndexConcurrently",
            "CreateExtension",
            "TrigramExtension",
            "BtreeGinExtension",
            "BtreeGistExtension",
            "UnaccentExtension",
            "CITextExtension",
            "HStoreExtension",
            "CryptoExtension",
            "CreateCollation",
            "AddConstraintNotValid",
            "ValidateConstraint");
    private static final Map<String, String> TYPES = Map.ofEntries(
            Map.entry("AutoField", "INTEGER"),
            Map.entry("BigAutoField", "BIGINT"),
            Map.entry("IntegerField", "INTEGER"),
            Map.entry("BigIntegerField", "BIGINT"),
            Map.entry("SmallIntegerField", "SMALLINT"),
            Map.entry("PositiveIntegerField", "INTEGER"),
            Map.entry("PositiveSmallIntegerField", "SMALLINT"),
            Map.entry("PositiveBigIntegerField", "BIGINT"),
            Map.entry("BooleanField", "BOOLEAN"),
            Map.entry("NullBooleanField", "BOOLEAN"),
            Map.entry("TextField", "TEXT"),
            Map.entry("DateField", "DATE"),
            Map.entry("DateTimeField", "TIMESTAMP WITH TIME ZONE"),
            Map.entry("TimeField", "TIME"),
            Map.entry("FloatField", "DOUBLE PRECISION"),
            Map.entry("UUIDField", "UUID"),
            Map.entry("JSONField", "JSONB"),
            Map.entry("BinaryField", "BYTEA"),
            Map.entry("DurationField", "INTERVAL"),
            Map.entry("GenericIPAddressField", "INET"),
            Map.entry("ForeignKey", "BIGINT"),
            Map.entry("OneToOneField", "BIGINT"));

    /** A field: its column, or null if it has none, and its type. */
    record Field(@Nullable String column, String type) {}

    /** A model: its table, whether the table is named after the model, and its fields. */
    private static final class Model {
        String table;
        boolean named;
        final boolean managed;
        final Map<String, Field> fields = new LinkedHashMap<>();

        Model(String table, boolean named, boolean managed) {
            this.table = table;
            this.named = named;
            this.managed = managed;
        }
    }

    private final SqlValues values;
    private final List<Unresolved> unresolved;
    private final Map<String, Model> models = new HashMap<>();
    private String app = "";
    private boolean writes = true;
    private LineText sql = new LineText("postgres", SourceLocation.of("", 1));

    DjangoOperations(SqlValues values, List<Unresolved> unresolved) {
        this.values = values;
        this.unresolved = unresolved;
    }

    /** The statements of one migration. */
    LineText sql(String path, String ofApp, Value.Type migration, String dialect) {
        app = ofApp;
        sql = new LineText(dialect, SourceLocation.of(path, 1));
        operations(migration.body().names.get("operations"), path);
        return sql;
    }

    private void operations(@Nullable Value operations, String path) {
        if (!(operations instanceof Items items)) {
            if (operations != null) {
                open(SourceLocation.of(path, 1), "the operations of the migration are known only when it runs");
            }
            return;
        }
        for (Value each : items.values()) {
            if (each instanceof Called call) {
                operation(call);
            } else {
                open(SourceLocation.of(path, 1), "an operation of the migration is known only when it runs");
            }
        }
    }

    private void operation(Called call) {
        switch (call.name()) {
            case "CreateModel" -> create(call);
            case "DeleteModel" -> {
                Model model = models.remove(key(call.argument(0, "name")));
                if (model != null && model.managed) {
                    statement(call, "DROP TABLE " + sql.quoted(model.table));
                }
            }
            case "RenameModel" -> renameModel(call);
            case "AlterModelTable" -> {
                Model model = models.get(key(call.argument(0, "name")));
                String name = name(call.argument(1, "table"));
                if (model != null) {
                    model.named = name == null;
                    rename(call, model, name == null ? table(call.argument(0, "name")) : name);
                }
            }
            case "AddField", "AlterField", "RemoveField", "RenameField" -> field(call);
            case "RunSQL" -> run(call);
            case "RunPython" -> open(call.at(), "what the Python function does that runs here is not followed");
            case "SeparateDatabaseAndState" -> {
                Value database = call.argument(0, "database_operations");
                Value state = call.argument(1, "state_operations");
                boolean before = writes;
                operations(database, call.at().path());
                writes = false;
                operations(state, call.at().path());
                writes = before;
            }
            default -> {
                if (!WITHOUT_COLUMNS.contains(call.name())) {
                    open(call.at(), "what the operation " + call.name() + " does is not followed");
                }
            }
        }
    }

    private void create(Called call) {
        Mapping options = call.argument(2, "options") instanceof Mapping given ? given : Mapping.empty();
        String table = name(options.get("db_table"));
        boolean managed = !isFalse(options.get("managed")) && !isTrue(options.get("proxy"));
        Model model = new Model(
                table == null ? table(call.argument(0, "name")) : table.replace("\"", ""), table == null, managed);
        models.put(key(call.argument(0, "name")), model);
        if (!(call.argument(1, "fields") instanceof Items fields)) {
            open(call.at(), "the fields of the model are known only when it runs");
            return;
        }
        LineText columns = new LineText("postgres", call.at());
        boolean first = true;
        for (Value each : fields.values()) {
            String name = each instanceof Items pair && pair.values().size() == 2
                    ? name(pair.values().getFirst())
                    : null;
            if (name == null || !(((Items) each).values().get(1) instanceof Called field)) {
                open(call.at(), "some fields of the model are known only when it runs");
                continue;
            }
            Field made = made(name, field);
            model.fields.put(name.toLowerCase(Locale.ROOT), made);
            if (made.column() != null) {
                columns.add((first ? "" : ", ") + sql.quoted(made.column()) + " " + made.type() + "\n", field.at());
                first = false;
            }
        }
        if (managed && writes) {
            sql.add("CREATE TABLE " + sql.quoted(model.table) + " (\n", call.at())
                    .add(columns)
                    .add(")\n;\n", call.at());
        }
    }

    /** The column of a field as its class makes it. */
    static Field made(String name, Called field) {
        String kind = field.name();
        if (kind.equals("ManyToManyField") || kind.equals("GenericForeignKey") || kind.equals("GenericRelation")) {
            return new Field(null, "");
        }
        String column = name(field.named().get("db_column"));
        boolean key = kind.equals("ForeignKey") || kind.equals("OneToOneField") || kind.endsWith("ForeignKey");
        String type = TYPES.getOrDefault(kind, "VARCHAR");
        if (kind.equals("DecimalField")) {
            type = "NUMERIC(" + number(field, "max_digits", 10) + ", " + number(field, "decimal_places", 2) + ")";
        } else if (type.equals("VARCHAR") && field.named().get("max_length") instanceof Plain) {
            type = "VARCHAR(" + number(field, "max_length", 255) + ")";
        }
        return new Field(column != null ? column : key ? name + "_id" : name, type);
    }

    private static long number(Called field, String name, long usual) {
        return field.named().get(name) instanceof Plain plain && plain.value() instanceof Long number ? number : usual;
    }

    private void field(Called call) {
        Model model = models.get(key(call.argument(0, "model_name")));
        String name = name(call.argument(1, call.name().equals("RenameField") ? "old_name" : "name"));
        if (model == null || name == null) {
            open(call.at(), "no migration before creates the model whose field is changed here");
            return;
        }
        Field before = model.fields.get(name.toLowerCase(Locale.ROOT));
        String alter = "ALTER TABLE " + sql.quoted(model.table) + " ";
        boolean table = model.managed;
        switch (call.name()) {
            case "RemoveField" -> {
                model.fields.remove(name.toLowerCase(Locale.ROOT));
                if (table && before != null && before.column() != null) {
                    statement(call, alter + "DROP COLUMN " + sql.quoted(before.column()));
                }
            }
            case "RenameField" -> renameField(call, model, name, before, alter);
            default -> {
                if (!(call.argument(2, "field") instanceof Called field)) {
                    open(call.at(), "the field is known only when it runs");
                    return;
                }
                Field after = made(name, field);
                model.fields.put(name.toLowerCase(Locale.ROOT), after);
                if (!table || after.column() == null) {
                    return;
                }
                if (before == null || before.column() == null) {
                    statement(call, alter + "ADD COLUMN " + sql.quoted(after.column()) + " " + after.type());
                    return;
                }
                if (!before.column().equals(after.column())) {
                    statement(
                            call,
                            alter + "RENAME COLUMN " + sql.quoted(before.column()) + " TO "
                                    + sql.quoted(after.column()));
                }
                if (!before.type().equals(after.type())) {
                    statement(call, alter + "ALTER COLUMN " + sql.quoted(after.column()) + " TYPE " + after.type());
                }
            }
        }
    }

    private void renameField(Called call, Model model, String name, @Nullable Field before, String alter) {
        String to = name(call.argument(2, "new_name"));
        if (to == null || before == null) {
            open(call.at(), "which field is renamed here is not known");
            return;
        }
        model.fields.remove(name.toLowerCase(Locale.ROOT));
        String column = before.column();
        String renamed =
                column == null ? null : column.equals(name) ? to : column.equals(name + "_id") ? to + "_id" : column;
        model.fields.put(to.toLowerCase(Locale.ROOT), new Field(renamed, before.type()));
        if (model.managed && column != null && renamed != null && !renamed.equals(column)) {
            statement(call, alter + "RENAME COLUMN " + sql.quoted(column) + " TO " + sql.quoted(renamed));
        }
    }

    private void renameModel(Called call) {
        Model model = models.remove(key(call.argument(0, "old_name")));
        if (model == null) {
            open(call.at(), "no migration before creates the model that is renamed here");
            return;
        }
        models.put(key(call.argument(1, "new_name")), model);
        if (model.named) {
            rename(call, model, table(call.argument(1, "new_name")));
        }
    }

    private void rename(Called call, Model model, String to) {
        if (model.managed && !model.table.equals(to)) {
            statement(call, "ALTER TABLE " + sql.quoted(model.table) + " RENAME TO " + sql.quoted(to));
        }
        model.table = to;
    }

    private void run(Called call) {
        Value forward = call.argument(0, "sql");
        List<Value> all =
                forward instanceof Items items ? items.values() : forward == null ? List.of() : List.of(forward);
        for (Value each : all) {
            Text text = values.sql(
                    each instanceof Items pair && !pair.values().isEmpty()
                            ? pair.values().getFirst()
                            : each,
                    call.at().path());
            if (text != null) {
                if (writes) {
                    sql.add(text).add("\n;\n", call.at());
                }
            } else if (!(each instanceof Value.Member || each instanceof Value.External)) {
                open(call.at(), "which SQL runs here is known only when it runs");
            }
        }
        Value state = call.named().get("state_operations");
        boolean before = writes;
        writes = false;
        operations(state, call.at().path());
        writes = before;
    }

    private void statement(Called call, String words) {
        if (writes) {
            sql.add(words + "\n;\n", call.at());
        }
    }

    private String key(@Nullable Value name) {
        return app + "." + String.valueOf(name(name)).toLowerCase(Locale.ROOT);
    }

    private String table(@Nullable Value name) {
        return app.toLowerCase(Locale.ROOT) + "_" + String.valueOf(name(name)).toLowerCase(Locale.ROOT);
    }

    private static boolean isTrue(@Nullable Value value) {
        return value instanceof Plain plain && Boolean.TRUE.equals(plain.value());
    }

    private static boolean isFalse(@Nullable Value value) {
        return value instanceof Plain plain && Boolean.FALSE.equals(plain.value());
    }

    private static @Nullable String name(@Nullable Value value) {
        return value instanceof Text text ? text.known() : null;
    }

    private void open(SourceLocation at, String reason) {
        unresolved.add(new Unresolved(at, reason, null, null));
    }
}
