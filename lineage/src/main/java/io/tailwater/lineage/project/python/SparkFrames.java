package io.tailwater.lineage.project.python;

import io.tailwater.lineage.graph.SourceLocation;
import io.tailwater.lineage.graph.Unresolved;
import io.tailwater.lineage.project.python.SparkFrame.Source;
import io.tailwater.lineage.project.python.Value.Called;
import io.tailwater.lineage.project.python.Value.Items;
import io.tailwater.lineage.project.python.Value.Mapping;
import io.tailwater.lineage.project.python.Value.Member;
import io.tailwater.lineage.project.python.Value.Plain;
import io.tailwater.lineage.project.python.Value.Text;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What calls on data frames amount to as queries. What is not followed keeps its reads and says so at its line. */
final class SparkFrames {
    private static final Set<String> SAME = Set.of(
            "cache",
            "persist",
            "unpersist",
            "repartition",
            "coalesce",
            "checkpoint",
            "localCheckpoint",
            "hint",
            "toDF",
            "orderBy",
            "sort",
            "sortWithinPartitions",
            "withWatermark",
            "repartitionByRange",
            "toDynamicFrame",
            "resolveChoice",
            "broadcast",
            "fromDF",
            "spark_dataframe",
            "observe",
            "fillna",
            "fill",
            "printSchema",
            "as_spark");
    private static final Set<String> FILES =
            Set.of("parquet", "csv", "json", "orc", "text", "load", "avro", "delta", "xml");
    private static final Map<String, String> JOINS = Map.ofEntries(
            Map.entry("inner", "JOIN"),
            Map.entry("cross", "CROSS JOIN"),
            Map.entry("left", "LEFT JOIN"),
            Map.entry("leftouter", "LEFT JOIN"),
            Map.entry("right", "RIGHT JOIN"),
            Map.entry("rightouter", "RIGHT JOIN"),
            Map.entry("outer", "FULL JOIN"),
            Map.entry("full", "FULL JOIN"),
            Map.entry("fullouter", "FULL JOIN"),
            Map.entry("semi", "LEFT SEMI JOIN"),
            Map.entry("leftsemi", "LEFT SEMI JOIN"),
            Map.entry("anti", "LEFT ANTI JOIN"),
            Map.entry("leftanti", "LEFT ANTI JOIN"));
    private static final int LONGEST = 200_000;
    private static final int DEEPEST = 120;

    private final String dialect;
    private final SqlValues values;
    private final SparkColumns columns;
    private final List<Unresolved> unresolved = new ArrayList<>();
    private final Map<Value, SparkFrame> known = new IdentityHashMap<>();
    private final Map<String, SparkFrame> views = new LinkedHashMap<>();
    private int depth;
    private int aliases;

    SparkFrames(String dialect, SqlValues values) {
        this.dialect = dialect;
        this.values = values;
        this.columns = new SparkColumns(dialect);
    }

    List<Unresolved> unresolved() {
        return unresolved;
    }

    void view(String name, SparkFrame frame) {
        views.put(name, frame);
    }

    /** The query a data frame is. */
    SparkFrame frame(Value value, SourceLocation at) {
        SparkFrame found = known.get(value);
        if (found != null) {
            return found;
        }
        if (++depth > DEEPEST) {
            depth--;
            return unknown("nested", at);
        }
        try {
            SparkFrame made = make(value, at);
            if (made.from().length() > LONGEST) {
                unresolved.add(
                        open(at, "the query that the calls here amount to is longer than " + LONGEST + " characters"));
                made = unknown("too_long", at);
            }
            known.put(value, made);
            return made;
        } finally {
            depth--;
        }
    }

    private SparkFrame make(Value value, SourceLocation at) {
        return switch (value) {
            case Called called -> called(called);
            case Member member when member.name().equals("na") -> frame(member.target(), member.at());
            case Value.Indexed indexed
            when indexed.index() instanceof Items items ->
                selected(frame(indexed.target(), indexed.at()), items.values(), indexed.at());
            case Value.Indexed indexed
            when SparkColumns.isColumn(indexed.index()) ->
                filtered(frame(indexed.target(), indexed.at()), indexed.index(), indexed.at());
            default -> unknown(Value.word(value), at);
        };
    }

    /** A frame of which nothing is known. */
    private SparkFrame unknown(String word, SourceLocation at) {
        LineText from = new LineText(dialect, at).add(Value.gap(word, at).shown(), at);
        return new SparkFrame(null, from, List.of(), List.of(), Set.of());
    }

    /** A frame of a table. */
    private SparkFrame table(@Nullable Value name, @Nullable Value schema, Value self, SourceLocation at) {
        if (!(name instanceof Text text)) {
            return unknown(name == null ? "table" : Value.word(name), at);
        }
        String whole = schema instanceof Text in ? in.shown() + "." + text.shown() : text.shown();
        SparkFrame view = views.get(whole);
        if (view != null) {
            return view;
        }
        String alias = alias();
        LineText from = new LineText(dialect, at);
        from.add(tableName(whole, from) + " AS " + alias, at);
        return new SparkFrame(null, from, List.of(), List.of(new Source(alias, List.of(self))), Set.of());
    }

    /** A table, or a place of files, as a name in SQL. */
    static String tableName(String name, LineText quoting) {
        if (name.contains("/")) {
            return quoting.quoted(name.replaceAll("/+$", "").replaceAll("^s3[an]://", "s3://"));
        }
        List<String> parts = new ArrayList<>();
        for (String part : name.replace("`", "").split("\\.(?![^{]*\\})")) {
            parts.add(quoting.quoted(part));
        }
        return String.join(".", parts);
    }

    private String alias() {
        return "t" + ++aliases;
    }

    private SparkFrame called(Called call) {
        String name = call.name();
        SourceLocation at = call.at();
        Value target = call.function() instanceof Member member ? member.target() : null;
        Value first = call.arguments().isEmpty() ? null : call.arguments().getFirst();
        if (name.equals("sql")) {
            Text text = values.sql(call.argument(0, "sqlQuery"), at.path());
            return text == null ? unknown("query", at) : ofQuery(text, call, at);
        }
        if (Set.of("read_sql", "read_sql_query", "read_gbq", "read_sql_table").contains(name)) {
            Text text = name.equals("read_sql_table")
                    ? null
                    : values.sql(first != null ? first : call.argument(0, "sql"), at.path());
            return text == null || !text.shown().strip().contains(" ")
                    ? table(first, call.named().get("schema"), call, at)
                    : ofQuery(text, call, at);
        }
        if (name.equals("table") || target != null && isDlt(target) && name.startsWith("read")) {
            return table(call.argument(0, name.equals("table") ? "tableName" : "name"), null, call, at);
        }
        if (name.equals("from_catalog")
                || name.equals("create_dynamic_frame_from_catalog")
                || name.equals("create_data_frame_from_catalog")) {
            return table(call.argument(1, "table_name"), call.argument(0, "database"), call, at);
        }
        if (name.equals("forName") || name.equals("forPath")) {
            return table(call.arguments().isEmpty() ? null : call.arguments().getLast(), null, call, at);
        }
        if (name.equals("from_options") && call.named().get("connection_options") instanceof Mapping options) {
            Value path = options.get("path") != null ? options.get("path") : options.get("paths");
            Value only = path instanceof Items items && items.values().size() == 1
                    ? items.values().getFirst()
                    : path;
            return table(only != null ? only : options.get("dbtable"), null, call, at);
        }
        if (target != null && FILES.contains(name) && isReader(target)) {
            Value path = first != null ? first : option(target, "path");
            return table(path != null ? path : option(target, "dbtable"), null, call, at);
        }
        if (name.equals("jdbc") && target != null && isReader(target)) {
            return table(call.argument(1, "table"), null, call, at);
        }
        if (name.equals("createDataFrame") || name.equals("emptyRDD")) {
            return created(call);
        }
        if (name.equals("apply") && target != null) {
            return glue(call, target);
        }
        boolean functional = name.equals("broadcast") || name.equals("fromDF");
        if (target == null || functional) {
            return functional && first != null ? frame(first, at) : unknown(name.isEmpty() ? "result" : name, at);
        }
        return method(call, name, target);
    }

    /** Whether a chain of calls starts with something that is read as a frame. */
    static boolean isFrame(Value value) {
        Value each = value;
        for (int i = 0; i < 200; i++) {
            if (each instanceof Called called) {
                boolean reads =
                        Set.of("sql", "table", "from_catalog").contains(called.name()) || isReader(called.function());
                if (reads) {
                    return true;
                }
                each = called.function();
            } else if (each instanceof Member member) {
                each = member.target();
            } else if (each instanceof Value.Indexed indexed) {
                each = indexed.target();
            } else {
                return false;
            }
        }
        return false;
    }

    private static boolean isDlt(Value target) {
        return target instanceof Value.External external
                && (external.name().equals("dlt") || external.name().endsWith("pipelines"));
    }

    private static boolean isReader(Value target) {
        Value each = target;
        for (int i = 0; i < 40; i++) {
            if (each instanceof Member member) {
                if (member.name().equals("read") || member.name().equals("readStream")) {
                    return true;
                }
                each = member.target();
            } else if (each instanceof Called called && called.function() instanceof Member member) {
                each = member;
            } else {
                return false;
            }
        }
        return false;
    }

    /** What a chain of calls was told by {@code option}, or by {@code options}; null if nothing. */
    static @Nullable Value option(Value chain, String name) {
        Value each = chain;
        for (int i = 0; i < 40 && each != null; i++) {
            if (each instanceof Called called) {
                if (called.name().equals("option")
                        && called.arguments().size() == 2
                        && called.arguments().getFirst() instanceof Text text
                        && name.equals(text.known())) {
                    return called.arguments().get(1);
                }
                if (called.name().equals("options") && called.named().get(name) != null) {
                    return called.named().get(name);
                }
                each = called.function();
            } else {
                each = each instanceof Member member ? member.target() : null;
            }
        }
        return null;
    }

    private SparkFrame created(Called call) {
        Value schema = call.argument(1, "schema");
        SourceLocation at = call.at();
        if (schema instanceof Items items
                && !items.values().isEmpty()
                && items.values().stream().allMatch(Text.class::isInstance)) {
            LineText selected = new LineText(dialect, at);
            for (int i = 0; i < items.values().size(); i++) {
                String column = ((Text) items.values().get(i)).shown();
                selected.add((i == 0 ? "SELECT " : ", ") + "NULL AS " + selected.quoted(column), at);
            }
            return derived(selected, List.of(call), Set.of(), at);
        }
        return unknown("created_here", at);
    }

    /** The query of an author over the views known so far. */
    private SparkFrame ofQuery(Text text, Value self, SourceLocation at) {
        LineText query = new LineText(dialect, at);
        withViews(text, query, at);
        return derived(query, List.of(self), Set.of(), at);
    }

    /** An author's text with the views it reads in front of it. */
    void withViews(Text text, LineText into, SourceLocation at) {
        String shown = text.shown();
        Map<String, SparkFrame> read = new LinkedHashMap<>();
        views.forEach((name, frame) -> {
            if (Pattern.compile("(?i)(?<![\\w.])`?" + Pattern.quote(name) + "`?(?!\\w)")
                    .matcher(shown)
                    .find()) {
                read.put(name, frame);
            }
        });
        Value.Text stripped = text;
        if (read.isEmpty()) {
            into.add(stripped(stripped));
            return;
        }
        java.util.regex.Matcher start =
                Pattern.compile("(?i)\\b(?:with|select)\\b").matcher(shown);
        int offset = start.find() ? start.start() : 0;
        boolean with = start.hitEnd() || shown.regionMatches(true, offset, "with", 0, 4);
        List<Value.Run> before = cut(stripped(text).runs(), 0, offset);
        List<Value.Run> after = cut(stripped(text).runs(), with ? offset + 4 : offset, Integer.MAX_VALUE);
        into.add(new Text(before));
        into.add("WITH ", at);
        boolean first = true;
        for (Map.Entry<String, SparkFrame> view : read.entrySet()) {
            into.add((first ? "" : ", ") + into.quoted(view.getKey()) + " AS (\n", at)
                    .add(view.getValue().query(dialect, at))
                    .add("\n)", at);
            first = false;
        }
        into.add(with ? ",\n" : "\n", at).add(new Text(after));
    }

    private static Text stripped(Text text) {
        List<Value.Run> runs = new ArrayList<>(text.runs());
        while (!runs.isEmpty()
                && runs.getLast().text().strip().replaceAll(";+\\s*$", "").isEmpty()) {
            runs.removeLast();
        }
        if (!runs.isEmpty()) {
            Value.Run last = runs.removeLast();
            runs.add(new Value.Run(last.text().replaceAll("[;\\s]+$", ""), last.at(), last.gap()));
        }
        return new Text(runs);
    }

    private static List<Value.Run> cut(List<Value.Run> runs, int from, int to) {
        List<Value.Run> part = new ArrayList<>();
        int at = 0;
        for (Value.Run run : runs) {
            int start = Math.max(0, from - at);
            int end = Math.min(run.text().length(), to - at);
            if (start < end) {
                part.add(new Value.Run(run.text().substring(start, end), run.at(), run.gap()));
            }
            at += run.text().length();
        }
        return part;
    }

    /** A frame of a whole query. */
    private SparkFrame derived(LineText query, List<Value> values, Set<String> former, SourceLocation at) {
        String alias = alias();
        LineText from = new LineText(dialect, at).add("(\n", at).add(query).add("\n) AS " + alias, at);
        return new SparkFrame(null, from, List.of(), List.of(new Source(alias, values)), former);
    }

    /** The frame as something that other things can be done to: a query of its own where it selects something. */
    private SparkFrame open(SparkFrame frame, SourceLocation at) {
        if (frame.items() == null) {
            return frame;
        }
        Set<String> former = new HashSet<>(frame.former());
        List<Value> all = new ArrayList<>();
        frame.sources().forEach(source -> {
            former.add(source.alias());
            all.addAll(source.values());
        });
        return derived(frame.query(dialect, at), all, former, at);
    }

    private SparkFrame method(Called call, String name, Value target) {
        SourceLocation at = call.at();
        List<Value> arguments = call.arguments();
        Value first = arguments.isEmpty() ? null : arguments.getFirst();
        if (name.equals("toDF") && !arguments.isEmpty()) {
            return notFollowed(call, target);
        }
        if (SAME.contains(name)) {
            return same(frame(target, at), call);
        }
        switch (name) {
            case "select" -> {
                return selected(frame(target, at), arguments, at);
            }
            case "selectExpr" -> {
                return selectExpr(frame(target, at), SparkColumns.flat(arguments), at);
            }
            case "filter", "where" -> {
                Value condition = call.argument(0, "condition");
                return condition == null ? frame(target, at) : filtered(frame(target, at), condition, at);
            }
            case "withColumn" -> {
                Value column = call.argument(0, "colName");
                Value by = call.argument(1, "col");
                return column == null || by == null
                        ? notFollowed(call, target)
                        : withColumns(frame(target, at), Map.of(column, by), at);
            }
            case "withColumns" -> {
                return first instanceof Mapping mapping
                        ? withColumns(frame(target, at), entries(mapping, at), at)
                        : notFollowed(call, target);
            }
            case "withColumnRenamed", "rename_field" -> {
                Value from = call.argument(0, name.equals("rename_field") ? "oldName" : "existing");
                Value to = call.argument(1, name.equals("rename_field") ? "newName" : "new");
                return from == null || to == null
                        ? notFollowed(call, target)
                        : renamed(frame(target, at), Map.of(from, to), call, target);
            }
            case "withColumnsRenamed" -> {
                return first instanceof Mapping mapping
                        ? renamed(frame(target, at), entries(mapping, at), call, target)
                        : notFollowed(call, target);
            }
            case "drop", "drop_fields" -> {
                return dropped(call, target);
            }
            case "distinct" -> {
                SparkFrame frame = open(frame(target, at), at);
                return frame.with(new LineText(dialect, at).add("DISTINCT *", at));
            }
            case "dropDuplicates", "drop_duplicates" -> {
                return withoutDuplicates(call, target);
            }
            case "limit" -> {
                return limited(call, target);
            }
            case "alias" -> {
                return aliased(call, target);
            }
            case "join", "crossJoin" -> {
                return joined(call, target);
            }
            case "union", "unionAll", "unionByName" -> {
                return union(call, target);
            }
            case "agg", "count", "sum", "avg", "mean", "max", "min" -> {
                return aggregated(call, target);
            }
            case "__setitem__" -> {
                return withColumns(frame(target, at), Map.of(arguments.get(0), arguments.get(1)), at);
            }
            case "assign" -> {
                Mapping added = Mapping.empty();
                added.entries().putAll(call.named());
                return withColumns(frame(target, at), entries(added, at), at);
            }
            case "rename" -> {
                return call.named().get("columns") instanceof Mapping mapping
                        ? renamed(frame(target, at), entries(mapping, at), call, target)
                        : notFollowed(call, target);
            }
            case "copy", "reset_index", "sort_values", "astype" -> {
                return same(frame(target, at), call);
            }
            case "dropna" -> {
                return frame(target, at);
            }
            default -> {
                return notFollowed(call, target);
            }
        }
    }

    private static Map<Value, Value> entries(Mapping mapping, SourceLocation at) {
        Map<Value, Value> entries = new LinkedHashMap<>();
        mapping.entries()
                .forEach((key, value) -> entries.put(
                        key instanceof String text ? Text.of(text, at) : new Value.Unknown("column", at), value));
        return entries;
    }

    private SparkFrame same(SparkFrame frame, Called call) {
        List<Source> sources = new ArrayList<>();
        for (Source source : frame.sources()) {
            List<Value> all = new ArrayList<>(source.values());
            all.add(call);
            sources.add(new Source(source.alias(), all));
        }
        return new SparkFrame(frame.items(), frame.from(), frame.where(), sources, frame.former());
    }

    /** Reads what it is made of; which columns come out is unknown. */
    private SparkFrame notFollowed(Called call, Value target) {
        SourceLocation at = call.at();
        unresolved.add(open(at, "what ." + call.name() + "() makes of the columns here is not followed"));
        SparkFrame frame = open(frame(target, at), at);
        LineText from = new LineText(dialect, at)
                .add(
                        frame.query(dialect, at).sql().isEmpty()
                                ? frame.from()
                                : new LineText(dialect, at)
                                        .add("(\n", at)
                                        .add(frame.query(dialect, at))
                                        .add("\n) AS " + alias(), at))
                .add(" CROSS JOIN " + Value.gap("result_of_" + call.name(), at).shown(), at);
        return new SparkFrame(null, from, List.of(), List.of(), Set.of());
    }

    private SparkFrame selected(SparkFrame before, List<Value> arguments, SourceLocation at) {
        List<Value> items = SparkColumns.flat(arguments);
        SparkFrame frame = open(before, at);
        LineText selected = new LineText(dialect, at);
        for (int i = 0; i < items.size(); i++) {
            selected.add(i == 0 ? "" : ", ", at).add(columns.item(items.get(i), frame, at));
        }
        if (!SparkColumns.known(items)) {
            unresolved.add(open(at, "which columns are selected here is known only when it runs"));
        }
        return items.isEmpty() ? frame : frame.with(selected);
    }

    private SparkFrame selectExpr(SparkFrame before, List<Value> items, SourceLocation at) {
        SparkFrame frame = open(before, at);
        LineText selected = new LineText(dialect, at);
        for (int i = 0; i < items.size(); i++) {
            selected.add(i == 0 ? "" : ", ", at).add(Value.asText(items.get(i), at));
        }
        return frame.with(selected);
    }

    private SparkFrame filtered(SparkFrame before, Value condition, SourceLocation at) {
        SparkFrame frame = open(before, at);
        LineText words = new LineText(dialect, at).add("(", at);
        if (condition instanceof Text text) {
            words.add(text);
        } else {
            words.add(columns.expression(condition, frame, at));
        }
        return frame.filtered(words.add(")", at));
    }

    private SparkFrame withColumns(SparkFrame before, Map<Value, Value> added, SourceLocation at) {
        SparkFrame frame = open(before, at);
        LineText selected = new LineText(dialect, at);
        List<String> names = new ArrayList<>();
        LineText items = new LineText(dialect, at);
        added.forEach((column, by) -> {
            String name = Value.asText(column, at).shown();
            names.add(selected.quoted(name));
            items.add(", ", at).add(columns.expression(by, frame, at)).add(" AS " + selected.quoted(name), at);
        });
        if (!SparkColumns.known(List.copyOf(added.keySet()))) {
            unresolved.add(open(at, "which column is added here is known only when it runs"));
        }
        return frame.with(
                selected.add("* EXCEPT (" + String.join(", ", names) + ")", at).add(items));
    }

    private SparkFrame renamed(SparkFrame before, Map<Value, Value> names, Called call, Value target) {
        SourceLocation at = call.at();
        if (!SparkColumns.known(List.copyOf(names.keySet())) || !SparkColumns.known(List.copyOf(names.values()))) {
            return notFollowed(call, target);
        }
        SparkFrame frame = open(before, at);
        LineText selected = new LineText(dialect, at);
        List<String> from = new ArrayList<>();
        List<String> to = new ArrayList<>();
        names.forEach((old, fresh) -> {
            from.add(selected.quoted(Value.asText(old, at).shown()));
            to.add(selected.quoted(Value.asText(fresh, at).shown()));
        });
        selected.add("* EXCEPT (" + String.join(", ", from) + ")", at);
        for (int i = 0; i < from.size(); i++) {
            selected.add(", " + from.get(i) + " AS " + to.get(i), at);
        }
        return frame.with(selected);
    }

    private SparkFrame dropped(Called call, Value target) {
        SourceLocation at = call.at();
        if (target instanceof Member member && member.name().equals("na")) {
            return frame(member.target(), at);
        }
        SparkFrame frame = open(frame(target, at), at);
        Value listed = call.named().get("columns");
        List<Value> arguments = SparkColumns.flat(listed == null ? call.arguments() : List.of(listed));
        if (arguments.size() == 1 && frame.sources().size() > 1 && of(arguments.getFirst()) != null) {
            Value owner = of(arguments.getFirst());
            LineText selected = new LineText(dialect, at);
            for (int i = 0; i < frame.sources().size(); i++) {
                Source source = frame.sources().get(i);
                boolean here = owner != null && source.is(owner);
                String except = here
                        ? " EXCEPT (" + selected.quoted(String.valueOf(SparkColumns.name(arguments.getFirst()))) + ")"
                        : "";
                selected.add((i == 0 ? "" : ", ") + source.alias() + ".*" + except, at);
            }
            return frame.with(selected);
        }
        List<String> names = new ArrayList<>();
        LineText selected = new LineText(dialect, at);
        for (Value argument : arguments) {
            String name = SparkColumns.name(argument);
            if (name == null) {
                return notFollowed(call, target);
            }
            names.add(selected.quoted(name));
        }
        return names.isEmpty() ? frame : frame.with(selected.add("* EXCEPT (" + String.join(", ", names) + ")", at));
    }

    /** The frame whose column a value names; null if it names none. */
    private static @Nullable Value of(Value value) {
        return switch (value) {
            case Member member -> member.target();
            case Value.Indexed indexed -> indexed.target();
            default -> null;
        };
    }

    private SparkFrame withoutDuplicates(Called call, Value target) {
        SourceLocation at = call.at();
        SparkFrame frame = open(frame(target, at), at);
        List<Value> keys = SparkColumns.flat(call.arguments());
        if (keys.isEmpty() || !SparkColumns.known(keys)) {
            return frame.with(new LineText(dialect, at).add("DISTINCT *", at));
        }
        LineText query = frame.query(dialect, at).add("\nQUALIFY row_number() OVER (PARTITION BY ", at);
        for (int i = 0; i < keys.size(); i++) {
            query.add(i == 0 ? "" : ", ", at).add(columns.expression(keys.get(i), frame, at));
        }
        return derived(query.add(" ORDER BY 1) = 1", at), List.of(call), frame.former(), at);
    }

    private SparkFrame limited(Called call, Value target) {
        SourceLocation at = call.at();
        SparkFrame frame = frame(target, at);
        Value number = call.argument(0, "num");
        String shown =
                number instanceof Plain plain && plain.value() instanceof Long known ? known.toString() : "${limit}";
        return derived(frame.query(dialect, at).add("\nLIMIT " + shown, at), List.of(call), frame.former(), at);
    }

    private SparkFrame aliased(Called call, Value target) {
        SourceLocation at = call.at();
        SparkFrame frame = frame(target, at);
        String name = SparkColumns.name(call.argument(0, "alias"));
        if (name == null || !name.matches("\\w+")) {
            return frame;
        }
        LineText from = new LineText(dialect, at)
                .add("(\n", at)
                .add(frame.query(dialect, at))
                .add("\n) AS " + name, at);
        List<Value> all = new ArrayList<>(List.of(call));
        frame.sources().forEach(source -> all.addAll(source.values()));
        all.add(target);
        return new SparkFrame(null, from, List.of(), List.of(new Source(name, all)), frame.former());
    }

    /** A frame as one side of a join. */
    private SparkFrame side(Value value, SourceLocation at) {
        SparkFrame frame = frame(value, at);
        boolean plain = frame.items() == null
                && frame.where().isEmpty()
                && frame.sources().size() <= 1
                && !frame.sources().isEmpty();
        if (plain) {
            Source source = frame.sources().getFirst();
            List<Value> all = new ArrayList<>(source.values());
            all.add(value);
            return new SparkFrame(
                    null, frame.from(), List.of(), List.of(new Source(source.alias(), all)), frame.former());
        }
        List<Value> all = new ArrayList<>(List.of(value));
        Set<String> former = new HashSet<>(frame.former());
        frame.sources().forEach(source -> {
            all.addAll(source.values());
            former.add(source.alias());
        });
        return derived(frame.query(dialect, at), all, former, at);
    }

    private SparkFrame joined(Called call, Value target) {
        SourceLocation at = call.at();
        Value other = call.argument(0, "other");
        if (other == null) {
            return notFollowed(call, target);
        }
        SparkFrame before = frame(target, at);
        // joins of joins stay flat, so that all aliases are seen
        SparkFrame left = before.items() == null
                        && before.where().isEmpty()
                        && before.sources().size() > 1
                ? before
                : side(target, at);
        SparkFrame right = side(other, at);
        if (!right.sources().isEmpty()
                && left.hasAlias(right.sources().getFirst().alias())) {
            right = derived(frame(other, at).query(dialect, at), List.of(other), right.former(), at);
        }
        List<Source> sources = new ArrayList<>(left.sources());
        sources.addAll(right.sources());
        Set<String> former = new HashSet<>(left.former());
        former.addAll(right.former());
        Value on = call.argument(1, "on");
        Value how = call.argument(2, "how");
        String kind = how == null
                ? "inner"
                : how instanceof Text text && text.known() != null
                        ? text.shown().toLowerCase(java.util.Locale.ROOT).replace("_", "")
                        : "inner";
        String words = call.name().equals("crossJoin") || on == null && how == null
                ? "CROSS JOIN"
                : JOINS.getOrDefault(kind, "JOIN");
        LineText from = new LineText(dialect, at)
                .add(left.from())
                .add("\n" + words + " ", at)
                .add(right.from());
        SparkFrame both = new SparkFrame(null, from, List.of(), sources, former);
        if (on == null || call.name().equals("crossJoin")) {
            return both;
        }
        List<Value> conditions = on instanceof Items items ? items.values() : List.of(on);
        if (conditions.stream().allMatch(Text.class::isInstance)) {
            List<String> keys = conditions.stream()
                    .map(each -> from.quoted(((Text) each).shown()))
                    .toList();
            from.add(" USING (" + String.join(", ", keys) + ")", at);
        } else {
            for (int i = 0; i < conditions.size(); i++) {
                from.add(i == 0 ? " ON " : " AND ", at).add(columns.expression(conditions.get(i), both, at));
            }
        }
        return new SparkFrame(null, from, List.of(), sources, former);
    }

    private SparkFrame union(Called call, Value target) {
        SourceLocation at = call.at();
        Value other = call.argument(0, "other");
        if (other == null) {
            return notFollowed(call, target);
        }
        boolean byName = call.name().equals("unionByName");
        LineText query = new LineText(dialect, at)
                .add(frame(target, at).query(dialect, at))
                .add("\nUNION ALL" + (byName ? " BY NAME" : "") + "\n", at)
                .add(frame(other, at).query(dialect, at));
        return derived(query, List.of(call), Set.of(), at);
    }

    private SparkFrame aggregated(Called call, Value target) {
        SourceLocation at = call.at();
        boolean grouped = target instanceof Called group
                && Set.of("groupBy", "groupby", "rollup", "cube").contains(group.name());
        if (!grouped && !call.name().equals("agg")
                || target instanceof Called pivot && pivot.name().equals("pivot")) {
            return notFollowed(call, target);
        }
        Called group = grouped ? (Called) target : null;
        Value base = group != null && group.function() instanceof Member member ? member.target() : target;
        SparkFrame frame = open(frame(base, at), at);
        List<Value> keys = group == null ? List.of() : SparkColumns.flat(group.arguments());
        LineText query = new LineText(dialect, at).add("SELECT ", at);
        for (Value key : keys) {
            query.add(columns.item(key, frame, at)).add(", ", at);
        }
        measures(call, frame, query);
        query.add("\nFROM ", at).add(frame.from());
        for (int i = 0; i < frame.where().size(); i++) {
            query.add(i == 0 ? "\nWHERE " : " AND ", at).add(frame.where().get(i));
        }
        for (int i = 0; i < keys.size(); i++) {
            query.add(i == 0 ? "\nGROUP BY " : ", ", at).add(columns.expression(keys.get(i), frame, at));
        }
        return derived(query, List.of(call), frame.former(), at);
    }

    private void measures(Called call, SparkFrame frame, LineText query) {
        SourceLocation at = call.at();
        List<Value> arguments = SparkColumns.flat(call.arguments());
        if (call.name().equals("count") && arguments.isEmpty()) {
            query.add("count(*) AS " + query.quoted("count"), at);
            return;
        }
        boolean first = true;
        for (Value each : arguments) {
            if (each instanceof Mapping mapping) {
                for (Map.Entry<Value, Value> entry : entries(mapping, at).entrySet()) {
                    String function = Value.asText(entry.getValue(), at).shown().replaceAll("\\W", "");
                    String column = Value.asText(entry.getKey(), at).shown();
                    query.add(
                            (first ? "" : ", ") + function + "(" + (column.equals("*") ? "*" : query.quoted(column))
                                    + ") AS " + query.quoted(function + "(" + column + ")"),
                            at);
                    first = false;
                }
            } else if (call.name().equals("agg")) {
                query.add(first ? "" : ", ", at).add(columns.item(each, frame, at));
                first = false;
            } else {
                String column = Value.asText(each, at).shown();
                query.add(
                        (first ? "" : ", ") + call.name() + "(" + query.quoted(column) + ") AS "
                                + query.quoted(call.name() + "(" + column + ")"),
                        at);
                first = false;
            }
        }
        if (first) {
            query.add("count(*)", at);
        }
    }

    /** The classes of Glue whose {@code apply} changes a frame. */
    private SparkFrame glue(Called call, Value target) {
        SourceLocation at = call.at();
        Value base = call.argument(0, "frame");
        String kind = Value.word(target);
        if (base == null) {
            return unknown(kind, at);
        }
        SparkFrame frame = open(frame(base, at), at);
        LineText selected = new LineText(dialect, at);
        switch (kind) {
            case "ApplyMapping" -> {
                List<Value> mappings = call.argument(1, "mappings") instanceof Items items ? items.values() : null;
                if (mappings == null) {
                    return notFollowed(call, base);
                }
                for (int i = 0; i < mappings.size(); i++) {
                    if (!(mappings.get(i) instanceof Items four)
                            || four.values().size() != 4
                            || !SparkColumns.known(four.values())) {
                        return notFollowed(call, base);
                    }
                    String to = Value.asText(four.values().get(2), at).shown();
                    LineText column = columns.expression(four.values().get(0), frame, at);
                    selected.add(i == 0 ? "CAST(" : ", CAST(", at)
                            .add(column)
                            .add(
                                    " AS "
                                            + Value.asText(four.values().get(3), at)
                                                    .shown()
                                                    .replaceAll("[^\\w(), ]", "")
                                            + ") AS " + selected.quoted(to),
                                    at);
                }
                return frame.with(selected);
            }
            case "DropFields", "SelectFields" -> {
                List<Value> paths = call.argument(1, "paths") instanceof Items items ? items.values() : null;
                if (paths == null || !SparkColumns.known(paths)) {
                    return notFollowed(call, base);
                }
                List<String> names = paths.stream()
                        .map(each -> selected.quoted(Value.asText(each, at).shown()))
                        .toList();
                String list = String.join(", ", names);
                return frame.with(selected.add(kind.equals("DropFields") ? "* EXCEPT (" + list + ")" : list, at));
            }
            case "RenameField" -> {
                Value from = call.argument(1, "old_name");
                Value to = call.argument(2, "new_name");
                return from == null || to == null
                        ? notFollowed(call, base)
                        : renamed(frame, Map.of(from, to), call, base);
            }
            case "ResolveChoice", "DropNullFields" -> {
                return frame;
            }
            default -> {
                return notFollowed(call, base);
            }
        }
    }

    private static Unresolved open(SourceLocation at, String reason) {
        return new Unresolved(at, reason, null, null);
    }
}
