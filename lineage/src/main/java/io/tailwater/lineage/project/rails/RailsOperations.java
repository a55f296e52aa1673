package io.tailwater.lineage.project.rails;

import io.tailwater.lineage.graph.SourceLocation;
import io.tailwater.lineage.graph.Unresolved;
import io.tailwater.lineage.project.sql.ScriptText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What the statements of a migration, or of a dump of the schema, do to tables and views, as SQL
 * (https://guides.rubyonrails.org/active_record_migrations.html). What is not followed is listed at its line.
 */
final class RailsOperations {
    private static final int MOST_STEPS = 200_000;
    private static final int DEEPEST = 60;
    private static final Set<String> WITHOUT_COLUMNS = Set.of(
            "add_index",
            "remove_index",
            "rename_index",
            "add_foreign_key",
            "remove_foreign_key",
            "validate_foreign_key",
            "add_check_constraint",
            "remove_check_constraint",
            "validate_check_constraint",
            "validate_constraint",
            "add_exclusion_constraint",
            "remove_exclusion_constraint",
            "add_unique_constraint",
            "remove_unique_constraint",
            "add_unique_key",
            "remove_unique_key",
            "change_column_null",
            "change_column_default",
            "change_column_comment",
            "change_table_comment",
            "enable_extension",
            "disable_extension",
            "create_enum",
            "drop_enum",
            "rename_enum",
            "add_enum_value",
            "rename_enum_value",
            "create_schema",
            "drop_schema",
            "create_function",
            "update_function",
            "drop_function",
            "create_trigger",
            "update_trigger",
            "drop_trigger",
            "say",
            "puts",
            "p",
            "print",
            "require",
            "require_relative",
            "raise",
            "return",
            "next",
            "break",
            "super",
            "disable_ddl_transaction!",
            "reset_column_information",
            "include",
            "extend",
            "announce",
            "suppress_messages",
            "set_table_comment",
            "add_concurrent_index",
            "remove_concurrent_index",
            "add_concurrent_foreign_key",
            "disable_lock_timeout!",
            "change_column_collation",
            "attr_accessor",
            "freeze",
            "private",
            "clear_cache!",
            "clear",
            "enable!",
            "index");
    private static final Set<String> AROUND = Set.of(
            "safety_assured",
            "transaction",
            "with_lock_retries",
            "up_only",
            "up",
            "say_with_time",
            "suppress_messages",
            "silence",
            "with_connection",
            "then",
            "tap",
            "within_schema",
            "define",
            "with_options",
            "unscoped",
            "uncached");
    private static final Set<String> INSIDE_TABLES = Set.of(
            "index",
            "foreign_key",
            "check_constraint",
            "unique_constraint",
            "exclusion_constraint",
            "change_default",
            "change_null",
            "remove_index",
            "remove_foreign_key",
            "remove_check_constraint",
            "rename_index",
            "unique_key",
            "comment",
            "remove_unique_constraint",
            "remove_exclusion_constraint",
            "validate_check_constraint");

    /** Where views of the scenic library and their versions stand; gives the path, or null. */
    interface Views {
        /** The file of a version of a view; null if there is none. */
        @Nullable
        String path(String view, String version);

        /** The text of a file; null if it has none. */
        @Nullable
        String text(String path);
    }

    private final String path;
    private final ScriptText sql;
    private final Views views;
    private final boolean shortKeys;
    private final Map<String, Ruby> names = new HashMap<>();
    private final Map<String, Ruby.Method> methods = new HashMap<>();
    private final List<Unresolved> structural = new ArrayList<>();
    private final List<Unresolved> rows = new ArrayList<>();
    private boolean guarded;
    private int steps;
    private int depth;

    /** @param shortKeys whether keys are made as before Rails 5.1 */
    RailsOperations(String path, ScriptText sql, Views views, boolean shortKeys) {
        this.path = path;
        this.sql = sql;
        this.views = views;
        this.shortKeys = shortKeys;
    }

    /** What could not be followed and may concern which tables and columns there are. */
    List<Unresolved> structural() {
        return structural;
    }

    /** What could not be followed and concerns rows at most. */
    List<Unresolved> rows() {
        return rows;
    }

    /** Makes the constants and methods of a class known. */
    void know(List<Ruby> body) {
        for (Ruby each : body) {
            switch (each) {
                case Ruby.Assign assign -> names.put(assign.name(), assign.value());
                case Ruby.Method method -> methods.put(method.name(), method);
                default -> {
                    // anything else in a class does nothing by itself
                }
            }
        }
    }

    /** Follows a method that was made known; false if there is none. */
    boolean follow(String method) {
        Ruby.Method known = methods.get(method);
        if (known == null) {
            return false;
        }
        statements(known.body());
        return true;
    }

    /** Follows statements one after the other. */
    void statements(List<Ruby> body) {
        if (++depth > DEEPEST) {
            throw new RubyParser.TooMuch("the calls of the migration are nested deeper than " + DEEPEST);
        }
        body.forEach(this::statement);
        depth--;
    }

    private void statement(Ruby statement) {
        if (++steps > MOST_STEPS) {
            throw new RubyParser.TooMuch("the migration does more than " + MOST_STEPS + " steps");
        }
        switch (statement) {
            case Ruby.Call call -> call(call);
            case Ruby.Assign assign -> names.put(assign.name(), value(assign.value()));
            case Ruby.Branch branch -> branch(branch);
            case Ruby.Maybe maybe -> maybe(maybe.body(), maybe.line());
            case Ruby.Sequence sequence -> statements(sequence.body());
            case Ruby.Method method -> methods.put(method.name(), method);
            case Ruby.Unread unread -> open(unread.line(), "this Ruby is not followed: " + unread.word());
            case Ruby.Type type -> {}
            case Ruby.Text text -> {}
            case Ruby.Atom atom -> {}
            case Ruby.Constant constant -> {}
            case Ruby.Items items -> {}
            case Ruby.Hash hash -> {}
            case Ruby.Operated operated -> {
                if (operated.right() instanceof Ruby.Call call) {
                    statement(call);
                }
            }
        }
    }

    private void branch(Ruby.Branch branch) {
        Boolean holds = holds(branch.condition(), 0);
        if (holds != null) {
            statements(holds != branch.negated() ? branch.then() : branch.otherwise());
            return;
        }
        if (asksTheSchema(branch.condition(), 0)) {
            boolean before = guarded;
            guarded = true;
            statements(branch.then());
            statements(branch.otherwise());
            guarded = before;
            return;
        }
        List<Ruby> both = new ArrayList<>(branch.then());
        both.addAll(branch.otherwise());
        maybe(both, branch.line());
    }

    /** What may run or not: if it does anything to tables, that is told, and it is taken to run. */
    private void maybe(List<Ruby> body, int line) {
        int before = sql.length();
        boolean outer = guarded;
        guarded = true;
        statements(body);
        guarded = outer;
        if (sql.length() > before) {
            open(line, "whether this runs shows only when the migration does; it is taken to run");
        }
    }

    /** Whether a condition holds; null if only a run tells. */
    private @Nullable Boolean holds(Ruby condition, int nested) {
        if (condition instanceof Ruby.Atom atom) {
            return atom.text().equals("true") ? Boolean.TRUE : atom.text().equals("false") ? Boolean.FALSE : null;
        }
        if (condition instanceof Ruby.Call call && call.name().equals("reverting?")) {
            return false;
        }
        if (condition instanceof Ruby.Operated not && not.operator().equals("!") && nested < 20) {
            Boolean inner = holds(not.left(), nested + 1);
            return inner == null ? null : !inner;
        }
        return null;
    }

    /** Whether a condition only asks whether something exists that is then made or dropped. */
    private static boolean asksTheSchema(Ruby condition, int nested) {
        if (nested > 20) {
            return false;
        }
        return switch (condition) {
            case Ruby.Call call ->
                Set.of(
                                "table_exists?",
                                "column_exists?",
                                "index_exists?",
                                "foreign_key_exists?",
                                "view_exists?",
                                "data_source_exists?",
                                "index_name_exists?",
                                "extension_enabled?",
                                "constraint_exists?",
                                "check_constraint_exists?")
                        .contains(call.name());
            case Ruby.Operated operated ->
                asksTheSchema(operated.left(), nested + 1) && asksTheSchema(operated.right(), nested + 1);
            default -> false;
        };
    }

    private void call(Ruby.Call call) {
        Ruby receiver = call.receiver();
        if (call.name().equals("each") && receiver != null && call.block() != null) {
            each(call, value(receiver));
            return;
        }
        if (call.name().equals("reversible") && call.block() != null) {
            direction(call.block());
            return;
        }
        if (call.name().equals("down") && call.block() != null) {
            return;
        }
        boolean onDatabase = receiver == null || isDatabase(receiver);
        if (onDatabase && operation(call)) {
            return;
        }
        if (AROUND.contains(call.name()) && call.block() != null) {
            statements(call.block().body());
            return;
        }
        if (WITHOUT_COLUMNS.contains(call.name())) {
            return;
        }
        Ruby.Method method = receiver == null || receiver instanceof Ruby.Atom ? methods.get(call.name()) : null;
        if (method != null) {
            own(method, call);
            return;
        }
        if (receiver == null
                && names.containsKey(call.name())
                && call.arguments().isEmpty()) {
            return;
        }
        if (isLogging(receiver)) {
            return;
        }
        if (receiver != null || call.block() != null) {
            int before = sql.length();
            if (call.block() != null) {
                maybe(call.block().body(), call.line());
            }
            if (sql.length() == before) {
                rows.add(unresolved(call.line(), "what this Ruby code does to rows is not followed: " + call.name()));
            }
            return;
        }
        open(call.line(), "what " + call.name() + " does is not followed");
    }

    private static boolean isLogging(@Nullable Ruby receiver) {
        return receiver instanceof Ruby.Constant constant
                        && Set.of("Kernel", "STDOUT", "STDERR").contains(constant.name())
                || receiver instanceof Ruby.Call call
                        && Set.of("logger", "stdout").contains(call.name())
                || receiver instanceof Ruby.Call stream && stream.name().startsWith("$std");
    }

    private static boolean isDatabase(Ruby receiver) {
        return receiver instanceof Ruby.Call call
                        && (call.name().equals("connection") || call.name().equals("lease_connection"))
                || receiver instanceof Ruby.Atom self && self.text().equals("self")
                || receiver instanceof Ruby.Constant constant
                        && (constant.name().startsWith("ActiveRecord::")
                                || constant.name().equals("Scenic"));
    }

    private void own(Ruby.Method method, Ruby.Call call) {
        Map<String, Ruby> before = new HashMap<>(names);
        for (int i = 0; i < method.parameters().size(); i++) {
            String parameter = method.parameters().get(i);
            Ruby given = call.named().getOrDefault(parameter, call.argument(i));
            names.put(parameter, given == null ? new Ruby.Unread(parameter, call.line()) : value(given));
        }
        statements(method.body());
        names.clear();
        names.putAll(before);
    }

    private void each(Ruby.Call call, Ruby over) {
        Ruby.Block block = call.block();
        if (block == null) {
            return;
        }
        List<Ruby> values =
                over instanceof Ruby.Items items ? items.values() : over instanceof Ruby.Hash hash ? pairs(hash) : null;
        if (values == null) {
            maybe(block.body(), call.line());
            return;
        }
        for (Ruby each : values) {
            List<Ruby> parts = each instanceof Ruby.Items items ? items.values() : List.of(each);
            for (int i = 0; i < block.parameters().size(); i++) {
                Ruby given = block.parameters().size() == 1 ? each : i < parts.size() ? parts.get(i) : null;
                names.put(
                        block.parameters().get(i),
                        given == null ? new Ruby.Unread(block.parameters().get(i), call.line()) : value(given));
            }
            statements(block.body());
        }
    }

    private static List<Ruby> pairs(Ruby.Hash hash) {
        List<Ruby> pairs = new ArrayList<>();
        hash.entries()
                .forEach((key, value) ->
                        pairs.add(new Ruby.Items(List.of(new Ruby.Atom(key, hash.line()), value), hash.line())));
        return pairs;
    }

    /** Only the way up counts. */
    private void direction(Ruby.Block block) {
        for (Ruby each : block.body()) {
            if (each instanceof Ruby.Call call && call.name().equals("up")) {
                if (call.block() != null) {
                    statements(call.block().body());
                }
            } else if (!(each instanceof Ruby.Call call && call.name().equals("down"))) {
                statement(each);
            }
        }
    }

    /** What a name stands for. */
    private Ruby value(Ruby written) {
        Ruby value = written;
        for (int i = 0; i < 20; i++) {
            if (value instanceof Ruby.Call call
                    && call.receiver() != null
                    && Set.of("freeze", "to_sym", "to_s", "squish", "strip_heredoc", "strip", "html_safe")
                            .contains(call.name())) {
                value = call.receiver();
                continue;
            }
            String name = value instanceof Ruby.Call call
                            && call.receiver() == null
                            && call.arguments().isEmpty()
                    ? call.name()
                    : value instanceof Ruby.Constant constant ? constant.name() : null;
            Ruby known = name == null ? null : names.get(name);
            if (known == null || known == value) {
                return value;
            }
            value = known;
        }
        return value;
    }

    /** A name that is written out; null where only a run tells it. */
    private @Nullable String name(@Nullable Ruby written) {
        Ruby value = written == null ? null : value(written);
        return switch (value) {
            case Ruby.Text text -> filled(text);
            case Ruby.Atom atom -> atom.text();
            case null, default -> null;
        };
    }

    /** A string with the names in it filled in as far as they are known; null if one is not. */
    private @Nullable String filled(Ruby.Text text) {
        StringBuilder out = new StringBuilder();
        for (Ruby.Run run : text.runs()) {
            if (!run.gap()) {
                out.append(run.text());
                continue;
            }
            Ruby known = names.get(run.text().substring(2, run.text().length() - 1));
            Ruby value = known == null ? null : value(known);
            String shown = value instanceof Ruby.Atom atom
                    ? atom.text()
                    : value instanceof Ruby.Text inner ? inner.known() : null;
            if (shown == null) {
                return null;
            }
            out.append(shown);
        }
        return out.toString();
    }

    private boolean operation(Ruby.Call call) {
        switch (call.name()) {
            case "create_table" -> withTable(call, this::createTable);
            case "create_join_table" -> createJoinTable(call);
            case "create_virtual_table" -> withTable(call, this::createVirtualTable);
            case "drop_table" ->
                call.arguments()
                        .forEach(each -> withName(
                                call,
                                each,
                                table -> add(
                                        call,
                                        "DROP TABLE "
                                                + (guarded || call.named().containsKey("if_exists") ? "IF EXISTS " : "")
                                                + table)));
            case "drop_join_table" -> {
                String joined = joined(call);
                if (joined != null) {
                    add(call, "DROP TABLE " + sql.quoted(joined));
                }
            }
            case "rename_table" ->
                withTable(call, (table, rename) -> {
                    String to = name(rename.argument(1));
                    if (to == null) {
                        open(rename.line(), "which name the table gets shows only when the migration runs");
                    } else {
                        add(
                                rename,
                                "ALTER TABLE " + table + " RENAME TO " + quoted(to.substring(to.lastIndexOf('.') + 1)));
                    }
                });
            case "change_table" ->
                withTable(call, (table, change) -> {
                    if (change.block() != null) {
                        insideTable(change.block(), (inner, column) -> alter(table, inner, column));
                    }
                });
            case "add_column",
                    "add_columns",
                    "remove_column",
                    "remove_columns",
                    "rename_column",
                    "change_column",
                    "add_reference",
                    "add_references",
                    "add_belongs_to",
                    "remove_reference",
                    "remove_belongs_to",
                    "add_timestamps",
                    "remove_timestamps",
                    "add_attachment",
                    "remove_attachment" -> withTable(call, this::alterColumns);
            case "execute",
                    "exec_query",
                    "exec_update",
                    "execute_sql",
                    "exec_insert",
                    "update",
                    "insert",
                    "delete",
                    "select_all",
                    "select_value",
                    "exec_delete" -> execute(call);
            case "create_view", "update_view", "replace_view" -> view(call);
            case "drop_view" ->
                withTable(
                        call,
                        (view, drop) -> add(
                                drop,
                                "DROP " + (isTrue(drop.named().get("materialized")) ? "MATERIALIZED " : "") + "VIEW "
                                        + (guarded || drop.named().containsKey("if_exists") ? "IF EXISTS " : "")
                                        + view));
            case "revert" -> open(call.line(), "what is taken back here is not followed");
            default -> {
                return false;
            }
        }
        return true;
    }

    private void withTable(Ruby.Call call, BiConsumer<String, Ruby.Call> action) {
        withName(call, call.argument(0), table -> action.accept(table, call));
    }

    private void withName(Ruby.Call call, @Nullable Ruby written, java.util.function.Consumer<String> action) {
        String table = name(written);
        if (table == null || table.isBlank()) {
            open(call.line(), "which table " + call.name() + " means shows only when the migration runs");
        } else {
            action.accept(quoted(table));
        }
    }

    /** A name with its schema, quoted. */
    private String quoted(String name) {
        int dot = name.lastIndexOf('.');
        return sql.table(dot < 0 ? null : name.substring(0, dot), name.substring(dot + 1));
    }

    private void createTable(String table, Ruby.Call call) {
        ScriptText columns = new ScriptText("postgres", at(call.line()));
        BiConsumer<String, Map.Entry<String, Integer>> column = (name, typed) -> columns.add(
                (columns.isEmpty() ? "" : ", ") + sql.quoted(name) + " " + typed.getKey() + "\n", at(typed.getValue()));
        Ruby id = call.named().get("id");
        Ruby primary = call.named().get("primary_key");
        boolean composite = primary != null && value(primary) instanceof Ruby.Items;
        if (!composite && !(id instanceof Ruby.Atom no && no.text().equals("false"))) {
            String key = primary == null ? "id" : name(primary);
            String type = id instanceof Ruby.Hash hash ? name(hash.entries().get("type")) : name(id);
            column.accept(
                    key == null ? "id" : key,
                    Map.entry(
                            type == null ? shortKeys ? "INTEGER" : "BIGINT" : ColumnWords.type(type, Map.of()),
                            call.line()));
        }
        if (call.block() != null) {
            insideTable(call.block(), (inner, added) -> {
                if (added != null) {
                    added.accept((name, type) -> column.accept(name, Map.entry(type, inner.line())));
                } else if (!INSIDE_TABLES.contains(inner.name())) {
                    open(inner.line(), "what " + inner.name() + " does to the table is not followed");
                }
            });
        }
        Ruby as = call.named().get("as");
        boolean tolerant = guarded || isTrue(call.named().get("if_not_exists"));
        sql.add("CREATE TABLE " + (tolerant ? "IF NOT EXISTS " : "") + table, at(call.line()));
        if (as != null && value(as) instanceof Ruby.Text query) {
            sql.add(" AS ", at(call.line()));
            written(query);
        } else {
            sql.add(" (\n", at(call.line())).add(columns).add(")", at(call.line()));
        }
        sql.add("\n;\n", at(call.line()));
    }

    /** A table of a module of SQLite: its arguments name columns, or set something. */
    private void createVirtualTable(String table, Ruby.Call call) {
        List<String> columns = new ArrayList<>();
        if (call.argument(2) != null && value(call.argument(2)) instanceof Ruby.Items items) {
            for (Ruby each : items.values()) {
                String argument = name(each);
                String first = argument == null
                        ? ""
                        : argument.strip().split("\\s+", 2)[0].replace("\"", "");
                if (first.matches("\\w+") && !String.valueOf(argument).contains("=")) {
                    columns.add(sql.quoted(first) + " TEXT");
                }
            }
        }
        add(call, "CREATE TABLE " + table + " (" + String.join(", ", columns) + ")");
    }

    private void createJoinTable(Ruby.Call call) {
        String joined = joined(call);
        if (joined == null) {
            return;
        }
        Map<String, Ruby> named = new HashMap<>(call.named());
        named.put("id", new Ruby.Atom("false", call.line()));
        List<Ruby> body = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            String one = name(call.argument(i));
            body.add(new Ruby.Call(
                    new Ruby.Atom("t", call.line()),
                    "bigint",
                    List.of(new Ruby.Atom(singular(String.valueOf(one)) + "_id", call.line())),
                    Map.of(),
                    null,
                    call.line()));
        }
        if (call.block() != null) {
            body.addAll(call.block().body());
        }
        createTable(
                quoted(joined),
                new Ruby.Call(
                        null, call.name(), call.arguments(), named, new Ruby.Block(List.of("t"), body), call.line()));
    }

    private @Nullable String joined(Ruby.Call call) {
        String named = name(call.named().get("table_name"));
        String one = name(call.argument(0));
        String other = name(call.argument(1));
        if (named != null) {
            return named;
        }
        if (one == null || other == null) {
            open(call.line(), "which table this is shows only when the migration runs");
            return null;
        }
        return one.compareTo(other) < 0 ? one + "_" + other : other + "_" + one;
    }

    /** Rails' own rule for the names of keys, for the endings that nearly all names have. */
    private static String singular(String name) {
        return name.endsWith("ies")
                ? name.substring(0, name.length() - 3) + "y"
                : name.endsWith("sses") || name.endsWith("xes") || name.endsWith("ches")
                        ? name.substring(0, name.length() - 2)
                        : name.endsWith("s") && !name.endsWith("ss") ? name.substring(0, name.length() - 1) : name;
    }

    /** Takes each column that a call adds, with its type. */
    private interface Added {
        void accept(BiConsumer<String, String> column);
    }

    /** Goes through the calls on a table, each with the columns it adds, or null if it adds none. */
    private void insideTable(Ruby.Block block, BiConsumer<Ruby.Call, @Nullable Added> each) {
        for (Ruby statement : block.body()) {
            inside(statement, each, 0);
        }
    }

    private void inside(Ruby statement, BiConsumer<Ruby.Call, @Nullable Added> each, int nested) {
        if (++steps > MOST_STEPS || nested > DEEPEST) {
            throw new RubyParser.TooMuch("the migration does more than " + MOST_STEPS + " steps");
        }
        switch (statement) {
            case Ruby.Call call
            when call.receiver() != null && !call.name().equals("each") -> each.accept(call, added(call));
            case Ruby.Call loop
            when loop.name().equals("each")
                    && loop.receiver() != null
                    && loop.block() != null
                    && value(loop.receiver()) instanceof Ruby.Items items -> {
                for (Ruby item : items.values()) {
                    loop.block().parameters().stream().limit(1).forEach(parameter -> names.put(parameter, item));
                    loop.block().body().forEach(inner -> inside(inner, each, nested + 1));
                }
            }
            case Ruby.Branch branch -> {
                branch.then().forEach(inner -> inside(inner, each, nested + 1));
                branch.otherwise().forEach(inner -> inside(inner, each, nested + 1));
                open(branch.line(), "whether this runs shows only when the migration does; it is taken to run");
            }
            case Ruby.Atom atom -> {}
            default -> open(statement.line(), "this is not followed inside a table");
        }
    }

    private @Nullable Added added(Ruby.Call call) {
        Map<String, Ruby> options = call.named();
        return switch (call.name()) {
            case "timestamps" ->
                column -> {
                    column.accept("created_at", "TIMESTAMP");
                    column.accept("updated_at", "TIMESTAMP");
                };
            case "references", "belongs_to" -> column -> references(call, 0, column);
            case "attachment" ->
                column -> named(call, 0, name -> {
                    column.accept(name + "_file_name", "VARCHAR");
                    column.accept(name + "_content_type", "VARCHAR");
                    column.accept(name + "_file_size", "BIGINT");
                    column.accept(name + "_updated_at", "TIMESTAMP");
                });
            case "column", "virtual" ->
                column -> {
                    String name = name(call.argument(0));
                    String type = name(call.argument(1) == null ? options.get("type") : call.argument(1));
                    if (name == null) {
                        open(call.line(), "which column this is shows only when the migration runs");
                    } else {
                        column.accept(name, ColumnWords.type(type == null ? "text" : type, options));
                    }
                };
            case "remove",
                    "rename",
                    "change",
                    "remove_references",
                    "remove_belongs_to",
                    "remove_timestamps",
                    "remove_column",
                    "remove_columns",
                    "index",
                    "foreign_key" -> null;
            default -> {
                if (INSIDE_TABLES.contains(call.name()) || call.arguments().isEmpty()) {
                    yield null;
                }
                yield column -> named(call, 0, name -> column.accept(name, ColumnWords.type(call.name(), options)));
            }
        };
    }

    private void references(Ruby.Call call, int from, BiConsumer<String, String> column) {
        Map<String, Ruby> options = call.named();
        String type = name(options.get("type"));
        boolean polymorphic = options.containsKey("polymorphic")
                && !(options.get("polymorphic") instanceof Ruby.Atom no
                        && no.text().equals("false"));
        named(call, from, name -> {
            if (polymorphic) {
                column.accept(name + "_type", "VARCHAR");
            }
            column.accept(name + "_id", ColumnWords.type(type == null ? "bigint" : type, Map.of()));
        });
    }

    private void named(Ruby.Call call, int from, java.util.function.Consumer<String> action) {
        for (int i = from; i < call.arguments().size(); i++) {
            String name = name(call.arguments().get(i));
            if (name == null) {
                open(call.line(), "which column this is shows only when the migration runs");
            } else {
                action.accept(name);
            }
        }
    }

    /** A call on a table that is changed. */
    private void alter(String table, Ruby.Call call, @Nullable Added added) {
        if (added != null) {
            added.accept((name, type) -> addColumn(table, call, name, type));
            return;
        }
        switch (call.name()) {
            case "remove", "remove_column", "remove_columns" -> named(call, 0, name -> dropColumn(table, call, name));
            case "rename" -> renameColumn(table, call, call.argument(0), call.argument(1));
            case "change" -> changeColumn(table, call, call.argument(0), call.argument(1));
            case "remove_references", "remove_belongs_to" ->
                references(call, 0, (name, type) -> dropColumn(table, call, name));
            case "remove_timestamps" -> {
                dropColumn(table, call, "created_at");
                dropColumn(table, call, "updated_at");
            }
            default -> {
                if (!INSIDE_TABLES.contains(call.name())) {
                    open(call.line(), "what " + call.name() + " does to the table is not followed");
                }
            }
        }
    }

    private void alterColumns(String table, Ruby.Call call) {
        switch (call.name()) {
            case "add_column" -> {
                String name = name(call.argument(1));
                String type = name(call.argument(2));
                if (name == null) {
                    open(call.line(), "which column is added shows only when the migration runs");
                } else {
                    addColumn(table, call, name, ColumnWords.type(type == null ? "text" : type, call.named()));
                }
            }
            case "add_columns" -> {
                String type = name(call.named().get("type"));
                named(
                        call,
                        1,
                        name -> addColumn(
                                table, call, name, ColumnWords.type(type == null ? "text" : type, call.named())));
            }
            case "remove_column" -> {
                String name = name(call.argument(1));
                if (name == null) {
                    open(call.line(), "which column is removed shows only when the migration runs");
                } else {
                    dropColumn(table, call, name);
                }
            }
            case "remove_columns" -> named(call, 1, name -> dropColumn(table, call, name));
            case "rename_column" -> renameColumn(table, call, call.argument(1), call.argument(2));
            case "change_column" -> changeColumn(table, call, call.argument(1), call.argument(2));
            case "add_reference", "add_references", "add_belongs_to" ->
                references(call, 1, (name, type) -> addColumn(table, call, name, type));
            case "remove_reference", "remove_belongs_to" ->
                references(call, 1, (name, type) -> dropColumn(table, call, name));
            case "add_timestamps" -> {
                addColumn(table, call, "created_at", "TIMESTAMP");
                addColumn(table, call, "updated_at", "TIMESTAMP");
            }
            case "remove_timestamps" -> {
                dropColumn(table, call, "created_at");
                dropColumn(table, call, "updated_at");
            }
            default -> open(call.line(), "what " + call.name() + " does to the table is not followed");
        }
    }

    private void addColumn(String table, Ruby.Call call, String name, String type) {
        boolean tolerant = guarded || isTrue(call.named().get("if_not_exists"));
        add(
                call,
                "ALTER TABLE " + table + " ADD COLUMN " + (tolerant ? "IF NOT EXISTS " : "") + sql.quoted(name) + " "
                        + type);
    }

    private void dropColumn(String table, Ruby.Call call, String name) {
        boolean tolerant = guarded || isTrue(call.named().get("if_exists"));
        add(call, "ALTER TABLE " + table + " DROP COLUMN " + (tolerant ? "IF EXISTS " : "") + sql.quoted(name));
    }

    private void renameColumn(String table, Ruby.Call call, @Nullable Ruby from, @Nullable Ruby to) {
        String old = name(from);
        String fresh = name(to);
        if (old == null || fresh == null) {
            open(call.line(), "which column gets which name shows only when the migration runs");
        } else {
            add(call, "ALTER TABLE " + table + " RENAME COLUMN " + sql.quoted(old) + " TO " + sql.quoted(fresh));
        }
    }

    private void changeColumn(String table, Ruby.Call call, @Nullable Ruby column, @Nullable Ruby typed) {
        String name = name(column);
        String type = name(typed);
        if (name == null || type == null) {
            open(call.line(), "which column gets which type shows only when the migration runs");
        } else {
            add(
                    call,
                    "ALTER TABLE " + table + " ALTER COLUMN " + sql.quoted(name) + " TYPE "
                            + ColumnWords.type(type, call.named()));
        }
    }

    private void execute(Ruby.Call call) {
        Ruby given = call.argument(0) == null ? null : value(call.argument(0));
        if (given instanceof Ruby.Text text) {
            written(text);
            sql.add("\n;\n", at(call.line()));
        } else {
            rows.add(unresolved(call.line(), "which SQL runs here shows only when the migration runs"));
        }
    }

    /** SQL of the author; what only a run tells stays a placeholder. */
    private void written(Ruby.Text text) {
        for (Ruby.Run run : text.runs()) {
            Ruby known =
                    run.gap() ? names.get(run.text().substring(2, run.text().length() - 1)) : null;
            Ruby value = known == null ? null : value(known);
            String shown = value instanceof Ruby.Atom atom
                    ? atom.text()
                    : value instanceof Ruby.Text inner && inner.known() != null ? inner.known() : run.text();
            sql.addWritten(shown == null ? run.text() : shown, at(run.line()));
        }
    }

    private void view(Ruby.Call call) {
        String name = name(call.argument(0));
        if (name == null) {
            open(call.line(), "which view this is shows only when the migration runs");
            return;
        }
        boolean materialized = call.named().containsKey("materialized")
                && !(call.named().get("materialized") instanceof Ruby.Atom no
                        && no.text().equals("false"));
        String head = "CREATE OR REPLACE " + (materialized ? "MATERIALIZED VIEW " : "VIEW ") + quoted(name) + " AS\n";
        Ruby inline = call.named().get("sql_definition");
        if (inline != null && value(inline) instanceof Ruby.Text text) {
            sql.add(head, at(call.line()));
            written(text);
            sql.add("\n;\n", at(call.line()));
            return;
        }
        String version = call.named().containsKey("version") ? name(call.named().get("version")) : "1";
        String file = version == null ? null : views.path(name, version);
        String text = file == null ? null : views.text(file);
        if (file == null || text == null) {
            open(call.line(), "the SQL of version " + version + " of the view " + name + " is not in the repository");
            return;
        }
        sql.add(head, at(call.line()))
                .addLines(text.strip().replaceAll(";\\s*$", ""), file, 1)
                .add("\n;\n", at(call.line()));
    }

    private void add(Ruby.Call call, String statement) {
        sql.add(statement + "\n;\n", at(call.line()));
    }

    private static boolean isTrue(@Nullable Ruby value) {
        return value instanceof Ruby.Atom atom && atom.text().equals("true");
    }

    private SourceLocation at(int line) {
        return SourceLocation.of(path, line);
    }

    private void open(int line, String reason) {
        structural.add(unresolved(line, reason));
    }

    private Unresolved unresolved(int line, String reason) {
        return new Unresolved(at(line), reason, null, null);
    }
}
