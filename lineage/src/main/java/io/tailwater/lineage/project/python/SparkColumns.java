package io.tailwater.lineage.project.python;

import io.tailwater.lineage.graph.SourceLocation;
import io.tailwater.lineage.project.python.Value.Called;
import io.tailwater.lineage.project.python.Value.External;
import io.tailwater.lineage.project.python.Value.Indexed;
import io.tailwater.lineage.project.python.Value.Items;
import io.tailwater.lineage.project.python.Value.Member;
import io.tailwater.lineage.project.python.Value.Operated;
import io.tailwater.lineage.project.python.Value.Plain;
import io.tailwater.lineage.project.python.Value.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Expressions over columns of data frames as SQL: https://spark.apache.org/docs/latest/api/python/reference/pyspark.sql/. */
final class SparkColumns {
    private static final Set<String> ALL_COLUMNS = Set.of(
            "coalesce",
            "concat",
            "greatest",
            "least",
            "struct",
            "array",
            "hash",
            "xxhash64",
            "datediff",
            "date_diff",
            "months_between",
            "nanvl",
            "arrays_zip",
            "create_map",
            "map_concat",
            "corr",
            "covar_pop",
            "max_by",
            "min_by");
    private static final Map<String, String> OPERATORS =
            Map.of("==", "=", "&", "AND", "|", "OR", "~", "NOT", "not", "NOT", "is", "IS", "is not", "IS NOT");
    private static final int DEEPEST = 150;

    private final String dialect;
    private int depth;

    SparkColumns(String dialect) {
        this.dialect = dialect;
    }

    /** Whether a value is an expression over columns rather than a data frame. */
    static boolean isColumn(Value value) {
        return switch (value) {
            case Operated operated -> true;
            case Called called ->
                called.function() instanceof External external && isFunctions(external.name())
                        || called.function() instanceof Member member
                                && (isFunctions(member.target()) || isColumn(member.target()));
            default -> false;
        };
    }

    private static boolean isFunctions(Value value) {
        return value instanceof External external && isFunctions(external.name() + ".");
    }

    private static boolean isFunctions(String name) {
        return name.startsWith("pyspark.sql.functions.") && !name.endsWith(".broadcast")
                || name.startsWith("pyspark.sql.Window")
                || name.startsWith("pyspark.sql.window.");
    }

    /** An item of a SELECT, with its alias. */
    LineText item(Value value, SparkFrame frame, SourceLocation at) {
        LineText out = new LineText(dialect, at);
        if (value instanceof Text text) {
            String name = text.shown();
            return name.equals("*") ? out.add("*", at) : out.add(reference(name, frame, out), place(text, at));
        }
        if (value instanceof Called called
                && called.function() instanceof Member member
                && (member.name().equals("alias") || member.name().equals("name"))
                && !called.arguments().isEmpty()) {
            out.add(expression(member.target(), frame, at));
            return out.add(
                    " AS "
                            + out.quoted(Value.asText(called.arguments().getFirst(), called.at())
                                    .shown()),
                    placeOf(called, at));
        }
        out.add(expression(value, frame, at));
        if (value instanceof Called called
                && called.function() instanceof External
                && called.arguments().size() == 1
                && called.arguments().getFirst() instanceof Text text
                && !Set.of("col", "column", "lit", "expr", "explode").contains(called.name())) {
            out.add(
                    " AS " + out.quoted(called.name().toLowerCase(Locale.ROOT) + "(" + text.shown() + ")"),
                    placeOf(called, at));
        }
        return out;
    }

    private static SourceLocation place(Text text, SourceLocation otherwise) {
        return text.runs().isEmpty() ? otherwise : text.runs().getFirst().at();
    }

    private static SourceLocation placeOf(Value value, SourceLocation otherwise) {
        return switch (value) {
            case Called called -> called.at();
            case Text text -> place(text, otherwise);
            case Member member -> member.at();
            case Indexed indexed -> indexed.at();
            case Operated operated -> operated.at();
            default -> otherwise;
        };
    }

    /** A column by its name, which may begin with the alias of a frame. */
    String reference(String name, SparkFrame frame, LineText quoting) {
        if (name.startsWith("${")) {
            return name;
        }
        String bare = name.replace("`", "");
        int dot = name.startsWith("`") ? -1 : bare.indexOf('.');
        if (dot > 0) {
            String first = bare.substring(0, dot);
            String rest = bare.substring(dot + 1);
            if (frame.hasAlias(first)) {
                return quoting.quoted(first) + "." + (rest.equals("*") ? "*" : quoting.quoted(rest));
            }
            if (frame.hadAlias(first)) {
                return rest.equals("*") ? "*" : quoting.quoted(rest);
            }
            List<String> parts = new ArrayList<>();
            for (String part : bare.split("\\.")) {
                parts.add(part.equals("*") ? part : quoting.quoted(part));
            }
            return String.join(".", parts);
        }
        return quoting.quoted(bare);
    }

    /** An expression. A string is the name of a column. */
    LineText expression(Value value, SparkFrame frame, SourceLocation at) {
        LineText out = new LineText(dialect, at);
        if (value instanceof Text text) {
            return out.add(text.shown().equals("*") ? "*" : reference(text.shown(), frame, out), place(text, at));
        }
        return operand(value, frame, at);
    }

    /** An expression. A string is itself. */
    private LineText operand(Value value, SparkFrame frame, SourceLocation at) {
        if (++depth > DEEPEST) {
            depth--;
            return new LineText(dialect, at).add("${nested}", at);
        }
        try {
            LineText out = new LineText(dialect, at);
            switch (value) {
                case Text text ->
                    out.add(
                            "'"
                                    + text.shown()
                                            .replace("\\", "\\\\")
                                            .replace("'", "\\'")
                                            .replace("\n", " ") + "'",
                            place(text, at));
                case Plain plain -> out.add(plain.value() == null ? "NULL" : String.valueOf(plain.value()), at);
                case Member member ->
                    out.add(
                            isColumn(member.target())
                                    ? operand(member.target(), frame, at).sql() + "." + out.quoted(member.name())
                                    : frame.column(member.target(), out.quoted(member.name())),
                            member.at());
                case Indexed indexed
                when isColumn(indexed.target()) ->
                    out.add(operand(indexed.target(), frame, at))
                            .add("[", indexed.at())
                            .add(operand(indexed.index(), frame, at))
                            .add("]", indexed.at());
                case Indexed indexed ->
                    out.add(
                            indexed.index() instanceof Text text
                                    ? frame.column(indexed.target(), out.quoted(text.shown()))
                                    : "${" + Value.word(indexed.index()) + "}",
                            indexed.at());
                case Operated operated -> operated(operated, frame, out);
                case Called called -> called(called, frame, out);
                case Items items -> {
                    out.add("(", at);
                    for (int i = 0; i < items.values().size(); i++) {
                        out.add(i == 0 ? "" : ", ", at)
                                .add(operand(items.values().get(i), frame, at));
                    }
                    out.add(")", at);
                }
                default -> out.add(Value.gap(Value.word(value), at).shown(), at);
            }
            return out;
        } finally {
            depth--;
        }
    }

    private void operated(Operated operated, SparkFrame frame, LineText out) {
        SourceLocation at = operated.at();
        String operator = OPERATORS.getOrDefault(operated.operator(), operated.operator());
        out.add("(", at);
        if (operated.operands().size() == 1) {
            out.add(operator + " ", at).add(operand(operated.operands().getFirst(), frame, at));
        } else {
            out.add(operand(operated.operands().get(0), frame, at))
                    .add(" " + operator + " ", at)
                    .add(operand(operated.operands().get(1), frame, at));
        }
        out.add(")", at);
    }

    private void called(Called called, SparkFrame frame, LineText out) {
        if (called.function() instanceof Member member && isColumn(member.target()) && !isFunctions(member.target())
                || called.function() instanceof Member of
                        && (of.target() instanceof Member || of.target() instanceof Indexed)
                        && !isFunctions(of.target())) {
            method(called, ((Member) called.function()).target(), frame, out);
        } else {
            function(called, frame, out);
        }
    }

    private void method(Called called, Value target, SparkFrame frame, LineText out) {
        SourceLocation at = called.at();
        List<Value> arguments = called.arguments();
        Value first = arguments.isEmpty() ? Value.NONE : arguments.getFirst();
        LineText self = operand(target, frame, at);
        switch (called.name()) {
            case "alias",
                    "name",
                    "asc",
                    "desc",
                    "asc_nulls_first",
                    "asc_nulls_last",
                    "desc_nulls_first",
                    "desc_nulls_last" -> out.add(self);
            case "cast", "astype", "try_cast" -> out.add("CAST(", at).add(self).add(" AS " + type(first) + ")", at);
            case "isNull" -> out.add("(", at).add(self).add(" IS NULL)", at);
            case "isNotNull" -> out.add("(", at).add(self).add(" IS NOT NULL)", at);
            case "isin" -> {
                List<Value> values = arguments.size() == 1 && first instanceof Items items ? items.values() : arguments;
                out.add("(", at)
                        .add(self)
                        .add(" IN ", at)
                        .add(operand(Items.of(values), frame, at))
                        .add(")", at);
            }
            case "between" ->
                out.add("(", at)
                        .add(self)
                        .add(" BETWEEN ", at)
                        .add(operand(first, frame, at))
                        .add(" AND ", at)
                        .add(operand(arguments.size() > 1 ? arguments.get(1) : Value.NONE, frame, at))
                        .add(")", at);
            case "like", "rlike", "ilike", "eqNullSafe" -> {
                String operator = called.name().equals("eqNullSafe")
                        ? "<=>"
                        : called.name().toUpperCase(Locale.ROOT);
                out.add("(", at)
                        .add(self)
                        .add(" " + operator + " ", at)
                        .add(operand(first, frame, at))
                        .add(")", at);
            }
            case "over" ->
                out.add(self).add(" OVER (", at).add(window(first, frame, at)).add(")", at);
            case "when", "otherwise" -> cases(called, frame, out);
            case "getField" ->
                out.add(self).add("." + out.quoted(Value.asText(first, at).shown()), at);
            case "getItem" ->
                out.add(self).add("[", at).add(operand(first, frame, at)).add("]", at);
            default -> {
                out.add(called.name().toLowerCase(Locale.ROOT) + "(", at).add(self);
                arguments.forEach(each -> out.add(", ", at).add(operand(each, frame, at)));
                out.add(")", at);
            }
        }
    }

    /** {@code when(…).when(…).otherwise(…)}. */
    private void cases(Called last, SparkFrame frame, LineText out) {
        List<Called> parts = new ArrayList<>();
        Value each = last;
        while (each instanceof Called called && Set.of("when", "otherwise").contains(called.name())) {
            parts.addFirst(called);
            each = called.function() instanceof Member member && !isFunctions(member.target())
                    ? member.target()
                    : Value.NONE;
        }
        out.add("CASE", last.at());
        for (Called part : parts) {
            SourceLocation at = part.at();
            Value first = part.argument(0, part.name().equals("when") ? "condition" : "value");
            Value second = part.argument(1, "value");
            if (part.name().equals("when")) {
                out.add(" WHEN ", at)
                        .add(operand(first == null ? Value.NONE : first, frame, at))
                        .add(" THEN ", at)
                        .add(operand(second == null ? Value.NONE : second, frame, at));
            } else {
                out.add(" ELSE ", at).add(operand(first == null ? Value.NONE : first, frame, at));
            }
        }
        out.add(" END", last.at());
    }

    private static String type(Value value) {
        if (value instanceof Text text) {
            return text.shown().matches("[\\w(), <>:]{1,200}") ? text.shown() : "STRING";
        }
        String name = value instanceof Called called ? called.name() : Value.word(value);
        String base = name.replaceAll("Type$", "");
        String known = Map.of("Integer", "INT", "Long", "BIGINT", "Short", "SMALLINT", "Byte", "TINYINT")
                .getOrDefault(base, base.toUpperCase(Locale.ROOT));
        if (value instanceof Called called
                && base.equals("Decimal")
                && called.arguments().size() == 2) {
            return "DECIMAL("
                    + Value.asText(called.arguments().get(0), called.at()).shown() + ", "
                    + Value.asText(called.arguments().get(1), called.at()).shown() + ")";
        }
        return known.matches("\\w{1,60}") ? known : "STRING";
    }

    private void function(Called called, SparkFrame frame, LineText out) {
        SourceLocation at = called.at();
        List<Value> arguments = called.arguments();
        Value first = arguments.isEmpty() ? null : arguments.getFirst();
        String name = called.name().isEmpty() || !called.name().matches("\\w+") ? "function" : called.name();
        switch (name) {
            case "col", "column" -> out.add(expression(first == null ? Value.NONE : first, frame, at));
            case "lit" -> out.add(operand(first == null ? Value.NONE : first, frame, at));
            case "desc", "asc" -> out.add(expression(first == null ? Value.NONE : first, frame, at));
            case "expr" -> {
                if (first instanceof Text text) {
                    out.add("(", at).add(text).add(")", at);
                } else {
                    out.add("${expression}", at);
                }
            }
            case "when" -> cases(called, frame, out);
            case "countDistinct", "count_distinct", "sumDistinct", "sum_distinct" -> {
                out.add(name.startsWith("count") ? "count(DISTINCT " : "sum(DISTINCT ", at);
                commaSeparated(arguments, frame, at, out, true);
                out.add(")", at);
            }
            default -> {
                boolean all = ALL_COLUMNS.contains(name) || !isColumn(called);
                out.add(name.toLowerCase(Locale.ROOT) + "(", at);
                if (name.equals("concat_ws") && first != null) {
                    out.add(operand(first, frame, at));
                    flat(arguments.subList(1, arguments.size()))
                            .forEach(each -> out.add(", ", at).add(expression(each, frame, at)));
                } else {
                    commaSeparated(arguments, frame, at, out, all);
                }
                out.add(")", at);
            }
        }
    }

    private void commaSeparated(
            List<Value> arguments, SparkFrame frame, SourceLocation at, LineText out, boolean columns) {
        List<Value> all = flat(arguments);
        for (int i = 0; i < all.size(); i++) {
            out.add(i == 0 ? "" : ", ", at);
            out.add(i == 0 || columns ? expression(all.get(i), frame, at) : operand(all.get(i), frame, at));
        }
    }

    /** The window that {@code Window.partitionBy(…).orderBy(…)} builds. */
    private LineText window(Value value, SparkFrame frame, SourceLocation at) {
        LineText out = new LineText(dialect, at);
        List<Called> parts = new ArrayList<>();
        Value each = value;
        while (each instanceof Called called && parts.size() < 20) {
            parts.addFirst(called);
            each = called.function() instanceof Member member ? member.target() : Value.NONE;
        }
        if (parts.isEmpty()) {
            return out.add("PARTITION BY ${window}", at);
        }
        for (Called part : parts) {
            switch (part.name()) {
                case "partitionBy" -> list(out, "PARTITION BY ", part, frame);
                case "orderBy" -> list(out, " ORDER BY ", part, frame);
                default -> {}
            }
        }
        return out;
    }

    private void list(LineText out, String words, Called part, SparkFrame frame) {
        List<Value> columns = flat(part.arguments());
        for (int i = 0; i < columns.size(); i++) {
            out.add(i == 0 ? words : ", ", part.at()).add(expression(columns.get(i), frame, part.at()));
            if (columns.get(i) instanceof Called called && called.name().startsWith("desc")) {
                out.add(" DESC", part.at());
            }
        }
    }

    /** Arguments, with those of lists among them. */
    static List<Value> flat(List<Value> arguments) {
        List<Value> all = new ArrayList<>();
        for (Value argument : arguments) {
            List<Value> elements = argument instanceof Items items ? items.values() : List.of(argument);
            all.addAll(elements);
        }
        return all;
    }

    /** Whether all of these are columns that are known by name or expression. */
    static boolean known(List<Value> columns) {
        return columns.stream()
                .noneMatch(each -> each instanceof Value.Unknown
                        || each instanceof Value.Choice
                        || each instanceof Text text && text.known() == null);
    }

    /** The name that a value gives; null where only a run tells it. */
    static @Nullable String name(@Nullable Value value) {
        return switch (value) {
            case Text text -> text.known();
            case Member member -> member.name();
            case Indexed indexed when indexed.index() instanceof Text text -> text.known();
            case Called called
            when Set.of("col", "column").contains(called.name())
                    && !called.arguments().isEmpty() -> name(called.arguments().getFirst());
            case null, default -> null;
        };
    }
}
