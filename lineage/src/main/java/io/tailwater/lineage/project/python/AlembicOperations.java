package io.tailwater.lineage.project.python;

import io.tailwater.lineage.graph.SourceLocation;
import io.tailwater.lineage.graph.Unresolved;
import io.tailwater.lineage.project.python.Value.Called;
import io.tailwater.lineage.project.python.Value.External;
import io.tailwater.lineage.project.python.Value.Member;
import io.tailwater.lineage.project.python.Value.Plain;
import io.tailwater.lineage.project.python.Value.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The operations of one migration as SQL. */
final class AlembicOperations implements Interpreter.Listener {
    private static final Set<String> WITHOUT_COLUMNS = Set.of(
            "create_index",
            "drop_index",
            "create_foreign_key",
            "create_primary_key",
            "create_unique_constraint",
            "create_check_constraint",
            "create_exclude_constraint",
            "drop_constraint",
            "create_table_comment",
            "drop_table_comment",
            "bulk_insert",
            "get_bind",
            "get_context",
            "f",
            "inline_literal",
            "invoke",
            "implementation_for",
            "batch_alter_table",
            "autocommit_block",
            "run_async");

    private final SqlValues values;
    private final String dialect;
    private final String path;
    private LineText sql;
    private final List<Unresolved> unresolved = new ArrayList<>();
    private boolean started;

    @Nullable
    Interpreter interpreter;

    AlembicOperations(SqlValues values, String dialect, String path) {
        this.values = values;
        this.dialect = dialect;
        this.path = path;
        this.sql = new LineText(dialect, SourceLocation.of(path, 1));
    }

    LineText sql() {
        return sql;
    }

    List<Unresolved> unresolved() {
        return unresolved;
    }

    /** From now on operations count: what the module did before {@code upgrade()} was called does not. */
    void start() {
        started = true;
    }

    void follow(Value.Callable upgrade) {
        Interpreter follower = interpreter;
        if (follower != null) {
            follower.apply(
                    upgrade,
                    List.of(),
                    Map.of(),
                    SourceLocation.of(path, upgrade.definition().span().line()));
        }
    }

    @Override
    public void called(Called call) {
        if (!started) {
            return;
        }
        switch (call.function()) {
            case External external when external.name().startsWith("alembic.op.") -> operation(call, call.name(), null);
            case Member member
            when member.target() instanceof Called batch && batch.name().equals("batch_alter_table") ->
                operation(call, member.name(), batch);
            case Member member
            when member.name().equals("execute") || member.name().equals("exec_driver_sql") -> execute(call);
            default -> {}
        }
    }

    private void operation(Called call, String name, @Nullable Called batch) {
        int shift = batch == null ? 1 : 0;
        Value table = batch != null ? batch.argument(0, "table_name") : call.argument(0, "table_name");
        Value schema =
                batch != null ? batch.named().get("schema") : call.named().get("schema");
        switch (name) {
            case "create_table" -> createTable(call, schema);
            case "drop_table" -> statement(call, table, schema, "DROP TABLE %s");
            case "rename_table" -> {
                String to = name(call.argument(1, "new_table_name"));
                statement(
                        call,
                        call.argument(0, "old_table_name"),
                        schema,
                        to == null ? null : "ALTER TABLE %s RENAME TO " + sql.quoted(to));
            }
            case "add_column" -> {
                String column = column(call.argument(shift, "column"));
                statement(call, table, schema, column == null ? null : "ALTER TABLE %s ADD COLUMN " + column);
            }
            case "drop_column" -> {
                String column = name(call.argument(shift, "column_name"));
                statement(
                        call,
                        table,
                        schema,
                        column == null ? null : "ALTER TABLE %s DROP COLUMN " + sql.quoted(column));
            }
            case "alter_column" -> alterColumn(call, table, schema, shift);
            case "execute" -> execute(call);
            case "create_view", "replace_view", "create_entity", "replace_entity", "create_materialized_view" ->
                createView(call);
            case "drop_view", "drop_entity" -> dropView(call);
            default -> {
                if (!WITHOUT_COLUMNS.contains(name)) {
                    open(call.at(), "what op." + name + " does is not followed");
                }
            }
        }
    }

    private void alterColumn(Called call, @Nullable Value table, @Nullable Value schema, int shift) {
        String column = name(call.argument(shift, "column_name"));
        Value to = call.named().containsKey("new_column_name")
                ? call.named().get("new_column_name")
                : call.named().get("name");
        Value type = call.named().get("type_");
        if (to == null && type == null && call.named().get("**") == null) {
            return;
        }
        String written = ColumnTypes.of(type);
        if (column == null || type != null && written == null || to == null && type == null) {
            statement(call, table, schema, null);
            return;
        }
        if (type != null) {
            statement(call, table, schema, "ALTER TABLE %s ALTER COLUMN " + sql.quoted(column) + " TYPE " + written);
        }
        if (to != null) {
            String renamed = name(to);
            statement(
                    call,
                    table,
                    schema,
                    renamed == null
                            ? null
                            : "ALTER TABLE %s RENAME COLUMN " + sql.quoted(column) + " TO " + sql.quoted(renamed));
        }
    }

    /** Adds a statement with the table's name in it; one that is not known is listed. */
    private void statement(Called call, @Nullable Value table, @Nullable Value schema, @Nullable String words) {
        String known = table(table, schema);
        if (known == null || words == null) {
            open(call.at(), "what op." + call.name() + " changes here is known only when it runs");
            return;
        }
        sql.add(words.replace("%s", known) + "\n;\n", call.at());
    }

    private @Nullable String table(@Nullable Value table, @Nullable Value schema) {
        String known = name(table);
        String in;
        if (schema == null || schema.equals(Value.NONE)) {
            in = null;
        } else {
            in = schema instanceof Text text ? text.shown() : "${" + Value.word(schema) + "}";
        }
        return known == null ? null : sql.table(in, known);
    }

    private void createTable(Called call, @Nullable Value schema) {
        String table = table(call.argument(0, "table_name"), schema);
        if (table == null) {
            open(call.at(), "which table is created here is known only when it runs");
            return;
        }
        boolean maybe = call.named().get("if_not_exists") instanceof Plain plain && Boolean.TRUE.equals(plain.value());
        sql.add("CREATE TABLE " + (maybe ? "IF NOT EXISTS " : "") + table + " (\n", call.at());
        boolean first = true;
        for (Value argument : call.arguments()
                .subList(Math.min(1, call.arguments().size()), call.arguments().size())) {
            if (argument instanceof Called part && part.name().equals("Column")) {
                String column = column(part);
                if (column == null) {
                    open(part.at(), "which column this is is known only when it runs");
                    continue;
                }
                sql.add((first ? "" : ", ") + column + "\n", part.at());
                first = false;
            } else if (!(argument instanceof Called)) {
                open(call.at(), "some columns of this table are known only when it runs");
            }
        }
        sql.add(")\n;\n", call.at());
    }

    private @Nullable String column(@Nullable Value value) {
        if (!(value instanceof Called column)) {
            return null;
        }
        String name = name(column.argument(0, "name"));
        String type = ColumnTypes.of(column.argument(1, "type_"));
        return name == null ? null : sql.quoted(name) + " " + (type == null ? "TEXT" : type);
    }

    private void execute(Called call) {
        Value argument = call.argument(0, "sqltext");
        if (argument == null) {
            argument = call.argument(0, "statement");
        }
        Text text = values.sql(argument, call.at().path());
        if (text != null) {
            sql.add(text).add("\n;\n", call.at());
        } else if (!(argument instanceof Called)) {
            open(call.at(), "what is executed here is known only when it runs");
        }
    }

    private void createView(Called call) {
        if (!(call.argument(0, "entity") instanceof Called view)) {
            open(call.at(), "which view is created here is known only when it runs");
            return;
        }
        String name = name(view.argument(
                view.name().startsWith("PG") ? 1 : 0, view.name().startsWith("PG") ? "signature" : "name"));
        Text definition = values.sql(
                view.name().startsWith("PG") ? view.argument(2, "definition") : view.argument(1, "sqltext"),
                call.at().path());
        if (view.name().startsWith("PG") && !view.name().contains("View")) {
            return;
        }
        if (name == null || definition == null) {
            open(call.at(), "which view is created here is known only when it runs");
            return;
        }
        Value schema = view.name().startsWith("PG") ? view.argument(0, "schema") : null;
        sql.add("CREATE OR REPLACE VIEW " + table(Text.of(name, call.at()), schema) + " AS\n", call.at())
                .add(definition)
                .add("\n;\n", call.at());
    }

    private void dropView(Called call) {
        if (call.argument(0, "entity") instanceof Called view) {
            boolean entity = view.name().startsWith("PG");
            if (!entity || view.name().contains("View")) {
                statement(
                        call,
                        view.argument(entity ? 1 : 0, entity ? "signature" : "name"),
                        entity ? view.argument(0, "schema") : null,
                        "DROP VIEW IF EXISTS %s");
            }
        }
    }

    /** A name; null where only a run tells it. */
    private static @Nullable String name(@Nullable Value value) {
        if (value instanceof Called quoted
                && !quoted.arguments().isEmpty()
                && Set.of("f", "quoted_name").contains(quoted.name())) {
            return name(quoted.arguments().getFirst());
        }
        return value instanceof Text text ? text.known() : null;
    }

    private void open(SourceLocation at, String reason) {
        unresolved.add(new Unresolved(at, reason, null, null));
    }
}
