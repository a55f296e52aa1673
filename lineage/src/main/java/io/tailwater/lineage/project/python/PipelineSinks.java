package io.tailwater.lineage.project.python;

import io.tailwater.lineage.graph.SourceLocation;
import io.tailwater.lineage.graph.Unresolved;
import io.tailwater.lineage.project.python.Value.Called;
import io.tailwater.lineage.project.python.Value.Mapping;
import io.tailwater.lineage.project.python.Value.Member;
import io.tailwater.lineage.project.python.Value.Text;
import io.tailwater.lineage.project.sql.SqlScript;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What one file writes and reads: every write is a statement, every read that goes nowhere a query. */
final class PipelineSinks implements Interpreter.Listener {
    private static final Set<String> VIEWS = Set.of(
            "createOrReplaceTempView",
            "createTempView",
            "createOrReplaceGlobalTempView",
            "createGlobalTempView",
            "registerTempTable",
            "registerDataFrameAsTable");
    private static final Set<String> FILES =
            Set.of("parquet", "csv", "json", "orc", "text", "avro", "save", "start", "delta");
    private static final Set<String> ENDS =
            Set.of("collect", "toPandas", "show", "first", "head", "take", "toLocalIterator", "foreachPartition");
    private static final Set<String> CREATES =
            Set.of("create", "createOrReplace", "replace", "append", "overwrite", "overwritePartitions");
    private static final Pattern STATEMENT = Pattern.compile(
            "(?is)\\s*(?:--[^\\n]*\\n\\s*)*(?:insert|create|merge|update|delete|truncate|drop|alter|copy|replace)\\b.*");

    private final String path;
    private final String dialect;
    private final String spark;
    private final SqlValues values;
    private final SparkFrames frames;
    private final List<SqlScript> scripts = new ArrayList<>();
    private final List<Unresolved> unresolved = new ArrayList<>();
    private final List<Value.Callable> tables = new ArrayList<>();
    private final List<Called> tableDecorators = new ArrayList<>();
    private boolean pipelines;

    /**
     * Nothing found yet.
     *
     * @param dialect dialect of SQL whose database nothing tells
     * @param spark dialect of SQL for Spark
     */
    PipelineSinks(String path, String dialect, String spark, SqlValues values) {
        this.path = path;
        this.dialect = dialect;
        this.spark = spark;
        this.values = values;
        this.frames = new SparkFrames(spark, values);
    }

    List<SqlScript> scripts() {
        return scripts;
    }

    /** What is not known of a file that is a pipeline; nothing for one that is none. */
    List<Unresolved> unresolved() {
        List<Unresolved> all = new ArrayList<>(unresolved);
        if (!scripts.isEmpty()) {
            all.addAll(frames.unresolved());
        }
        return all.stream().distinct().toList();
    }

    boolean isPipeline() {
        return pipelines || !scripts.isEmpty() || !unresolved.isEmpty();
    }

    /** Notes that following the file was given up. */
    void exhausted(String reason) {
        unresolved.add(new Unresolved(SourceLocation.of(path, 1), reason, null, null));
    }

    /** Writes the tables that decorated functions give. */
    void finish(Interpreter interpreter) {
        for (int i = 0; i < tables.size(); i++) {
            Value.Callable function = tables.get(i);
            Called decorator = tableDecorators.get(i);
            Value result = interpreter.apply(function, List.of(), java.util.Map.of(), decorator.at());
            Value name = decorator.named().get("name");
            Value table = name != null ? name : Text.of(function.definition().name(), decorator.at());
            write(table, result, decorator.at(), false);
        }
    }

    @Override
    public void decorated(Value.Callable function, List<Value> decorators) {
        for (Value decorator : decorators) {
            Value named = decorator instanceof Called called ? called.function() : decorator;
            String name = named instanceof Value.External external ? external.name() : "";
            if (Set.of(
                            "dlt.table",
                            "dlt.create_table",
                            "dlt.view",
                            "dlt.materialized_view",
                            "pyspark.pipelines.table",
                            "pyspark.pipelines.materialized_view")
                    .contains(name)) {
                tables.add(function);
                tableDecorators.add(
                        decorator instanceof Called called
                                ? called
                                : new Called(
                                        named,
                                        List.of(),
                                        java.util.Map.of(),
                                        SourceLocation.of(
                                                path,
                                                function.definition().span().line())));
            }
        }
    }

    @Override
    public void called(Called call) {
        String name = call.name();
        Value target = call.function() instanceof Member member ? member.target() : null;
        if (target != null && VIEWS.contains(name)) {
            String view = SparkColumns.name(call.argument(0, "name"));
            if (view != null) {
                frames.view(view, frames.frame(target, call.at()));
            }
        } else if (name.equals("sql") && target != null) {
            Text text = values.sql(call.argument(0, "sqlQuery"), path);
            if (text != null && STATEMENT.matcher(text.shown()).matches()) {
                LineText sql = new LineText(spark, call.at());
                frames.withViews(text, sql, call.at());
                add(spark, sql);
            }
        } else if (name.endsWith("Operator") && !name.startsWith("Python") && !name.startsWith("Bash")) {
            operator(call, name);
        } else if (name.equals("to_sql") || name.equals("to_gbq")) {
            Value schema = call.named().get("schema");
            Value table = call.argument(0, name.equals("to_sql") ? "name" : "destination_table");
            if (target != null) {
                write(qualified(schema, table, call.at()), target, call.at(), false);
            }
        } else if (target != null && ENDS.contains(name) && SparkFrames.isFrame(target)) {
            add(spark, frames.frame(target, call.at()).query(spark, call.at()));
        } else if (target != null) {
            writer(call, name, target);
        }
    }

    private void writer(Called call, String name, Value target) {
        Value written = written(target);
        if (written != null) {
            Value first = call.arguments().isEmpty() ? null : call.arguments().getFirst();
            if (name.equals("saveAsTable") || name.equals("toTable") || name.equals("insertInto")) {
                Value table =
                        first != null ? first : call.argument(0, name.equals("insertInto") ? "tableName" : "name");
                write(table == null ? Value.NONE : table, written, call.at(), name.equals("insertInto"));
            } else if (FILES.contains(name)) {
                Value place = first != null ? first : call.named().get("path");
                place = place != null ? place : SparkFrames.option(target, "path");
                place = place != null ? place : SparkFrames.option(target, "dbtable");
                place = place != null ? place : SparkFrames.option(target, "table");
                write(place == null ? Value.NONE : place, written, call.at(), false);
            } else if (name.equals("jdbc")) {
                Value table = call.argument(1, "table");
                write(table == null ? Value.NONE : table, written, call.at(), false);
            }
            return;
        }
        if (CREATES.contains(name)) {
            Called to = writeTo(target);
            if (to != null
                    && to.function() instanceof Member member
                    && !to.arguments().isEmpty()) {
                write(to.arguments().getFirst(), member.target(), call.at(), false);
            }
        }
        boolean glue = target instanceof Member member
                && Set.of("write_dynamic_frame", "write_data_frame").contains(member.name());
        if (glue || name.startsWith("write_dynamic_frame_from")) {
            glue(call, name);
        }
    }

    private void glue(Called call, String name) {
        Value frame = call.argument(0, "frame");
        if (frame == null) {
            return;
        }
        Value table = name.contains("catalog")
                ? qualified(call.argument(1, "database"), call.argument(2, "table_name"), call.at())
                : null;
        if (table == null && call.named().get("connection_options") instanceof Mapping options) {
            table = options.get("path") != null ? options.get("path") : options.get("dbtable");
        }
        write(table == null ? Value.NONE : table, frame, call.at(), false);
    }

    /** The frame whose {@code write} a chain of calls began with; null if it began otherwise. */
    private static @Nullable Value written(Value chain) {
        Value each = chain;
        for (int i = 0; i < 40; i++) {
            if (each instanceof Member member) {
                if (member.name().equals("write") || member.name().equals("writeStream")) {
                    return member.target();
                }
                each = member.target();
            } else if (each instanceof Called called && called.function() instanceof Member member) {
                each = member;
            } else {
                return null;
            }
        }
        return null;
    }

    private static @Nullable Called writeTo(Value chain) {
        Value each = chain;
        for (int i = 0; i < 40; i++) {
            if (each instanceof Called called) {
                if (called.name().equals("writeTo")) {
                    return called;
                }
                each = called.function();
            } else if (each instanceof Member member) {
                each = member.target();
            } else {
                return null;
            }
        }
        return null;
    }

    private static @Nullable Value qualified(@Nullable Value schema, @Nullable Value table, SourceLocation at) {
        if (table == null || schema == null || schema.equals(Value.NONE)) {
            return table;
        }
        List<Value.Run> runs = new ArrayList<>(Value.asText(schema, at).runs());
        runs.add(new Value.Run(".", at, false));
        runs.addAll(Value.asText(table, at).runs());
        return new Text(runs);
    }

    /** Has a table filled by a frame; where only a run names it, what the job puts out. */
    private void write(@Nullable Value table, Value frame, SourceLocation at, boolean insert) {
        LineText query = frames.frame(frame, at).query(spark, at);
        if (table == null
                || !(table instanceof Text text)
                || text.runs().stream().allMatch(Value.Run::gap)) {
            unresolved.add(new Unresolved(at, "which table is written here is known only when it runs", null, null));
            LineText sql = new LineText(spark, at);
            add(
                    spark,
                    sql.add("CREATE OR REPLACE TABLE " + sql.quoted(outputName(table)) + " AS\n", at)
                            .add(query));
            return;
        }
        LineText sql = new LineText(spark, at);
        String name = SparkFrames.tableName(text.shown(), sql);
        sql.add(insert ? "INSERT INTO " + name + "\n" : "CREATE OR REPLACE TABLE " + name + " AS\n", at);
        add(spark, sql.add(query));
    }

    /** A name for what only a run names: the job, and what the name is called in it. Nothing else has such a name. */
    private String outputName(@Nullable Value table) {
        String word = table == null || table.equals(Value.NONE)
                ? "output"
                : table instanceof Text text
                        ? text.shown().replaceAll("[^A-Za-z0-9_]+", "_").replaceAll("^_+|_+$", "")
                        : Value.word(table);
        return path.substring(0, path.length() - ".py".length()) + " (" + word + ")";
    }

    private void add(String in, LineText sql) {
        pipelines = true;
        SqlScript script = new SqlScript(path, SqlScript.Kind.JOB, in, sql.sql(), sql.lines());
        if (scripts.size() < 2_000 && !scripts.contains(script)) {
            scripts.add(script);
        }
    }

    private void operator(Called call, String name) {
        Value carried = null;
        for (String argument : List.of("sql", "bql", "query", "hql")) {
            carried = carried == null ? call.named().get(argument) : carried;
        }
        Value destination = call.named().get("destination_dataset_table");
        if (call.named().get("configuration") instanceof Mapping configuration
                && configuration.get("query") instanceof Mapping query) {
            carried = query.get("query");
            destination = query.get("destinationTable") instanceof Mapping table ? destination(table, call.at()) : null;
        }
        if (carried == null) {
            return;
        }
        String in = dialectOf(name);
        Text text = values.sql(carried, path);
        if (text == null) {
            unresolved.add(new Unresolved(
                    call.at(), "which SQL " + name + " runs here is known only when it runs", null, null));
            return;
        }
        boolean elsewhere = text.runs().stream().anyMatch(run -> run.at().path().endsWith(".sql"));
        if (elsewhere && destination == null) {
            // the file stands for itself
            return;
        }
        LineText sql = new LineText(in, call.at());
        if (destination instanceof Text table
                && !STATEMENT.matcher(text.shown()).matches()) {
            String whole = table.shown().replaceFirst("\\$\\d{8}$", "").replace(':', '.');
            sql.add("CREATE OR REPLACE TABLE " + SparkFrames.tableName(whole, sql) + " AS\n", call.at());
        }
        add(in, sql.add(text));
    }

    private static Text destination(Mapping table, SourceLocation at) {
        List<Value.Run> runs = new ArrayList<>();
        for (String part : List.of("projectId", "datasetId", "tableId")) {
            Value value = table.get(part);
            if (value != null) {
                if (!runs.isEmpty()) {
                    runs.add(new Value.Run(".", at, false));
                }
                runs.addAll(Value.asText(value, at).runs());
            }
        }
        return new Text(runs);
    }

    private String dialectOf(String operator) {
        for (String known : List.of(
                "BigQuery",
                "Snowflake",
                "Postgres",
                "Redshift",
                "MySql",
                "Trino",
                "Presto",
                "Athena",
                "Databricks",
                "Hive",
                "Oracle",
                "Clickhouse")) {
            if (operator.contains(known)) {
                return known.toLowerCase(java.util.Locale.ROOT);
            }
        }
        return operator.startsWith("Spark") ? spark : operator.startsWith("MsSql") ? "tsql" : dialect;
    }
}
