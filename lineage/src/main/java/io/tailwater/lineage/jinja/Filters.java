package io.tailwater.lineage.jinja;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Jinja's filters, and dbt's. The value that is filtered is the call's first argument. */
final class Filters {
    static final Set<String> NAMES = Set.of(
            "abs",
            "attr",
            "batch",
            "capitalize",
            "center",
            "count",
            "d",
            "default",
            "dictsort",
            "e",
            "escape",
            "first",
            "float",
            "forceescape",
            "format",
            "groupby",
            "indent",
            "int",
            "items",
            "join",
            "last",
            "length",
            "list",
            "lower",
            "map",
            "max",
            "min",
            "pprint",
            "reject",
            "rejectattr",
            "replace",
            "reverse",
            "round",
            "safe",
            "select",
            "selectattr",
            "slice",
            "sort",
            "string",
            "striptags",
            "sum",
            "title",
            "tojson",
            "trim",
            "truncate",
            "unique",
            "upper",
            "urlencode",
            "wordcount",
            "xmlattr",
            "as_bool",
            "as_native",
            "as_number",
            "as_text");

    private Filters() {}

    static Value apply(String name, Call call) {
        Value value = call.positional().get(0);
        Interpreter interpreter = call.interpreter();
        return switch (name) {
            case "default", "d" -> otherwise(call);
            case "as_bool", "as_native", "as_number", "as_text", "safe" -> value;
            case "string" -> interpreter.displayed(value);
            case "upper" -> Value.Str.of(shown(call).toUpperCase(Locale.ROOT));
            case "lower" -> Value.Str.of(shown(call).toLowerCase(Locale.ROOT));
            case "capitalize" -> Value.Str.of(StringMethods.capitalize(shown(call)));
            case "title" -> Value.Str.of(title(shown(call)));
            case "trim" -> {
                Value characters = call.argument(1, "chars");
                yield new Value.Str(interpreter
                        .displayed(value)
                        .text()
                        .strip(
                                true,
                                true,
                                characters == null || characters instanceof Value.None
                                        ? null
                                        : StringMethods.text(characters)));
            }
            case "replace" -> {
                long most = call.argument(3, "count") == null || call.argument(3, "count") instanceof Value.None
                        ? -1
                        : Operators.integer(call.required(3, "count"));
                yield Value.Str.of(StringMethods.replace(
                        interpreter,
                        shown(call),
                        Printer.display(call.required(1, "old")),
                        Printer.display(call.required(2, "new")),
                        most));
            }
            case "join" -> join(call);
            case "length", "count" -> length(value);
            case "list" -> new Value.Items(new ArrayList<>(interpreter.iterate(value)));
            case "first" -> ends(interpreter.iterate(value), true);
            case "last" -> ends(interpreter.iterate(value), false);
            case "reverse" -> reversed(interpreter, value);
            case "sort" -> sorted(call);
            case "unique" -> unique(call);
            case "min" -> extreme(call, false);
            case "max" -> extreme(call, true);
            case "sum" -> sum(call);
            case "map" -> map(call);
            case "select" -> select(call, true, false);
            case "reject" -> select(call, false, false);
            case "selectattr" -> select(call, true, true);
            case "rejectattr" -> select(call, false, true);
            case "attr" -> interpreter.attribute(value, StringMethods.text(call.required(1, "name")));
            case "items" ->
                value instanceof Value.Undefined ? new Value.Items(new ArrayList<>()) : pairs(Methods.pairs(value));
            case "dictsort" -> dictSort(call);
            case "groupby" -> groupBy(call);
            case "batch" -> batch(call);
            case "slice" -> columns(call);
            case "int" -> integer(call);
            case "float" -> real(call);
            case "abs" ->
                value instanceof Value.Real number
                        ? new Value.Real(Math.abs(number.value()))
                        : Value.Int.of(Math.abs(Operators.integer(value)));
            case "round" -> round(call);
            case "indent" -> indent(call);
            case "center" ->
                Value.Str.of(Formats.pad(
                        shown(call),
                        (int) Math.min(10_000, Operators.integer(call.argument(1, "width", Value.Int.of(80)))),
                        ' ',
                        '^'));
            case "wordcount" ->
                Value.Int.of(shown(call).isBlank() ? 0 : shown(call).strip().split("\\s+").length);
            case "truncate" -> truncate(call);
            case "format" ->
                Value.Str.of(Formats.percent(
                        shown(call),
                        call.named().isEmpty()
                                ? new Value.Tuple(call.positional()
                                        .subList(1, call.positional().size()))
                                : Value.Dict.of(call.named())));
            case "tojson" ->
                Value.Str.of(Json.write(value, false)
                        .replace("<", "\\u003c")
                        .replace(">", "\\u003e")
                        .replace("&", "\\u0026")
                        .replace("'", "\\u0027"));
            case "pprint" -> Value.Str.of(Printer.representation(value));
            case "escape", "e", "forceescape" ->
                Value.Str.of(shown(call)
                        .replace("&", "&amp;")
                        .replace("<", "&lt;")
                        .replace(">", "&gt;")
                        .replace("'", "&#39;")
                        .replace("\"", "&#34;"));
            case "striptags" ->
                Value.Str.of(
                        shown(call).replaceAll("<[^>]{0,1000}>", "").strip().replaceAll("\\s+", " "));
            case "urlencode" ->
                Value.Str.of(java.net.URLEncoder.encode(shown(call), java.nio.charset.StandardCharsets.UTF_8)
                        .replace("+", "%20")
                        .replace("%2F", "/"));
            case "xmlattr" -> throw new TemplateException("the filter 'xmlattr' is not supported");
            default -> throw new IllegalStateException("no filter " + name);
        };
    }

    private static String shown(Call call) {
        String text = call.interpreter().displayed(call.positional().get(0)).value();
        call.interpreter().chargeCharacters(text.length());
        return text;
    }

    private static Value otherwise(Call call) {
        Value value = call.positional().get(0);
        boolean falsy = Operators.truth(call.argument(2, "boolean", Value.Bool.FALSE));
        return value instanceof Value.Undefined || (falsy && !Operators.truth(value))
                ? call.argument(1, "default_value", Value.Str.of(""))
                : value;
    }

    private static String title(String text) {
        StringBuilder out = new StringBuilder();
        boolean start = true;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            out.append(start ? Character.toUpperCase(c) : Character.toLowerCase(c));
            start = Character.isWhitespace(c) || "-({[<".indexOf(c) >= 0;
        }
        return out.toString();
    }

    private static Value join(Call call) {
        Value separator = call.argument(1, "d", Value.Str.of(""));
        Value attribute = call.argument(2, "attribute");
        List<Value> items = call.interpreter().iterate(call.positional().get(0));
        if (attribute != null) {
            items = items.stream()
                    .map(item -> call.interpreter().path(item, attribute))
                    .toList();
        }
        return call.interpreter().join(call.interpreter().displayed(separator), items);
    }

    private static Value length(Value value) {
        return Value.Int.of(
                switch (value) {
                    case Value.Str string ->
                        string.value().codePointCount(0, string.value().length());
                    case Value.Dict dict -> dict.entries().size();
                    default -> Operators.iterate(value).size();
                });
    }

    private static Value ends(List<Value> items, boolean first) {
        return items.isEmpty()
                ? new Value.Undefined("the " + (first ? "first" : "last") + " item of an empty sequence")
                : items.get(first ? 0 : items.size() - 1);
    }

    private static Value reversed(Interpreter interpreter, Value value) {
        if (value instanceof Value.Str string) {
            return Value.Str.of(new StringBuilder(string.value()).reverse().toString());
        }
        List<Value> items = new ArrayList<>(interpreter.iterate(value));
        Collections.reverse(items);
        return new Value.Items(items);
    }

    private static Function<Value, Value> key(Call call, @Nullable Value attribute, boolean caseSensitive) {
        return item -> {
            Value key = attribute == null || attribute instanceof Value.None
                    ? item
                    : call.interpreter().path(item, attribute);
            return key instanceof Value.Str string && !caseSensitive
                    ? Value.Str.of(string.value().toLowerCase(Locale.ROOT))
                    : key;
        };
    }

    private static Value sorted(Call call) {
        List<Value> items =
                new ArrayList<>(call.interpreter().iterate(call.positional().get(0)));
        call.interpreter().charge(items.size() * 4L);
        boolean reverse = Operators.truth(call.argument(1, "reverse", Value.Bool.FALSE));
        boolean caseSensitive = Operators.truth(call.argument(2, "case_sensitive", Value.Bool.FALSE));
        Function<Value, Value> key = key(call, call.argument(3, "attribute"), caseSensitive);
        Comparator<Value> order = (left, right) -> Operators.compare(key.apply(left), key.apply(right), "<");
        items.sort(reverse ? order.reversed() : order);
        return new Value.Items(items);
    }

    private static Value unique(Call call) {
        boolean caseSensitive = Operators.truth(call.argument(1, "case_sensitive", Value.Bool.FALSE));
        Function<Value, Value> key = key(call, call.argument(2, "attribute"), caseSensitive);
        Map<Value, Value> seen = new LinkedHashMap<>();
        for (Value item : call.interpreter().iterate(call.positional().get(0))) {
            seen.putIfAbsent(Operators.key(key.apply(item)), item);
        }
        return Value.Items.of(new ArrayList<>(seen.values()));
    }

    private static Value extreme(Call call, boolean largest) {
        boolean caseSensitive = Operators.truth(call.argument(1, "case_sensitive", Value.Bool.FALSE));
        Function<Value, Value> key = key(call, call.argument(2, "attribute"), caseSensitive);
        Value best = null;
        for (Value item : call.interpreter().iterate(call.positional().get(0))) {
            if (best == null) {
                best = item;
                continue;
            }
            int order = Operators.compare(key.apply(item), key.apply(best), "<");
            if (largest ? order > 0 : order < 0) {
                best = item;
            }
        }
        return best == null ? new Value.Undefined("no item") : best;
    }

    private static Value sum(Call call) {
        Value attribute = call.argument(1, "attribute");
        Value total = call.argument(2, "start", Value.Int.of(0));
        for (Value item : call.interpreter().iterate(call.positional().get(0))) {
            Value number = attribute == null || attribute instanceof Value.None
                    ? item
                    : call.interpreter().path(item, attribute);
            total = Operators.arithmetic("+", total, number);
        }
        return total;
    }

    private static Value map(Call call) {
        List<Value> result = new ArrayList<>();
        Value attribute = call.named().get("attribute");
        for (Value item : call.interpreter().iterate(call.positional().get(0))) {
            if (attribute != null) {
                Value found = call.interpreter().path(item, attribute);
                Value otherwise = call.named().get("default");
                result.add(found instanceof Value.Undefined && otherwise != null ? otherwise : found);
            } else {
                List<Value> arguments = new ArrayList<>(List.of(item));
                arguments.addAll(call.positional().subList(2, call.positional().size()));
                result.add(call.interpreter()
                        .filter(StringMethods.text(call.required(1, "name")), arguments, call.named(), call.origin()));
            }
        }
        return new Value.Items(result);
    }

    private static Value select(Call call, boolean keep, boolean byAttribute) {
        List<Value> result = new ArrayList<>();
        int next = byAttribute ? 2 : 1;
        for (Value item : call.interpreter().iterate(call.positional().get(0))) {
            Value tested = byAttribute ? call.interpreter().path(item, call.required(1, "attribute")) : item;
            boolean holds;
            if (call.positional().size() <= next) {
                holds = call.interpreter().truth(tested, call.origin());
            } else {
                List<Value> arguments = new ArrayList<>(List.of(tested));
                arguments.addAll(
                        call.positional().subList(next + 1, call.positional().size()));
                holds = call.interpreter()
                        .test(StringMethods.text(call.positional().get(next)), arguments, call.named(), call.origin());
            }
            if (holds == keep) {
                result.add(item);
            }
        }
        return new Value.Items(result);
    }

    private static Value pairs(Map<Value, Value> entries) {
        List<Value> pairs = new ArrayList<>();
        entries.forEach((key, value) -> pairs.add(new Value.Tuple(List.of(key, value))));
        return new Value.Items(pairs);
    }

    private static Value dictSort(Call call) {
        boolean caseSensitive = Operators.truth(call.argument(1, "case_sensitive", Value.Bool.FALSE));
        boolean byValue =
                Printer.display(call.argument(2, "by", Value.Str.of("key"))).equals("value");
        boolean reverse = Operators.truth(call.argument(3, "reverse", Value.Bool.FALSE));
        Function<Value, Value> key = key(call, null, caseSensitive);
        List<Map.Entry<Value, Value>> entries =
                new ArrayList<>(Methods.pairs(call.positional().get(0)).entrySet());
        Comparator<Map.Entry<Value, Value>> order = (left, right) -> Operators.compare(
                key.apply(byValue ? left.getValue() : left.getKey()),
                key.apply(byValue ? right.getValue() : right.getKey()),
                "<");
        entries.sort(reverse ? order.reversed() : order);
        List<Value> pairs = new ArrayList<>();
        entries.forEach(entry -> pairs.add(new Value.Tuple(List.of(entry.getKey(), entry.getValue()))));
        return new Value.Items(pairs);
    }

    private static Value groupBy(Call call) {
        Value attribute = call.required(1, "attribute");
        List<Value> items =
                new ArrayList<>(call.interpreter().iterate(call.positional().get(0)));
        Function<Value, Value> key = key(call, attribute, true);
        items.sort((left, right) -> Operators.compare(key.apply(left), key.apply(right), "<"));
        Map<Value, List<Value>> groups = new LinkedHashMap<>();
        for (Value item : items) {
            groups.computeIfAbsent(Operators.key(key.apply(item)), unused -> new ArrayList<>())
                    .add(item);
        }
        List<Value> pairs = new ArrayList<>();
        groups.forEach((group, members) -> pairs.add(new Value.Tuple(List.of(group, new Value.Items(members)))));
        return new Value.Items(pairs);
    }

    private static Value batch(Call call) {
        int size = (int) Math.max(1, Operators.integer(call.required(1, "linecount")));
        Value fill = call.argument(2, "fill_with");
        List<Value> rows = new ArrayList<>();
        List<Value> items = call.interpreter().iterate(call.positional().get(0));
        for (int i = 0; i < items.size(); i += size) {
            List<Value> row = new ArrayList<>(items.subList(i, Math.min(items.size(), i + size)));
            while (fill != null && !(fill instanceof Value.None) && row.size() < size) {
                call.interpreter().charge(1);
                row.add(fill);
            }
            rows.add(new Value.Items(row));
        }
        return new Value.Items(rows);
    }

    private static Value columns(Call call) {
        int count = (int) Math.max(1, Operators.integer(call.required(1, "slices")));
        call.interpreter().charge(count);
        Value fill = call.argument(2, "fill_with");
        List<Value> items = call.interpreter().iterate(call.positional().get(0));
        int each = items.size() / count;
        int longer = items.size() % count;
        List<Value> rows = new ArrayList<>();
        int from = 0;
        for (int i = 0; i < count; i++) {
            int to = from + each + (i < longer ? 1 : 0);
            List<Value> row = new ArrayList<>(items.subList(from, to));
            if (fill != null && !(fill instanceof Value.None) && i >= longer) {
                row.add(fill);
            }
            rows.add(new Value.Items(row));
            from = to;
        }
        return new Value.Items(rows);
    }

    private static Value integer(Call call) {
        Value value = call.positional().get(0);
        Value otherwise = call.argument(1, "default", Value.Int.of(0));
        int base = (int) Operators.integer(call.argument(2, "base", Value.Int.of(10)));
        if (value instanceof Value.Real number) {
            return Value.Int.of((long) number.value());
        }
        if (Operators.isNumber(value)) {
            return Value.Int.of(Operators.integer(value));
        }
        if (value instanceof Value.Str string) {
            String text = string.value().strip().replace("_", "");
            try {
                return Value.Int.of(Long.parseLong(text, base));
            } catch (NumberFormatException notWhole) {
                try {
                    return Value.Int.of((long) Double.parseDouble(text));
                } catch (NumberFormatException notANumber) {
                    return otherwise;
                }
            }
        }
        return otherwise;
    }

    private static Value real(Call call) {
        Value value = call.positional().get(0);
        if (Operators.isNumber(value)) {
            return new Value.Real(Operators.real(value));
        }
        if (value instanceof Value.Str string) {
            try {
                return new Value.Real(Double.parseDouble(string.value().strip()));
            } catch (NumberFormatException notANumber) {
                return call.argument(1, "default", new Value.Real(0));
            }
        }
        return call.argument(1, "default", new Value.Real(0));
    }

    private static Value round(Call call) {
        double value = Operators.real(call.positional().get(0));
        int digits = (int) Operators.integer(call.argument(1, "precision", Value.Int.of(0)));
        String method = Printer.display(call.argument(2, "method", Value.Str.of("common")));
        if (Math.abs(digits) > 300) {
            throw new TemplateException("round takes at most 300 digits");
        }
        double factor = Math.pow(10, digits);
        if (call.positional().get(0) instanceof Value.Int whole && digits >= 0 && method.equals("common")) {
            return whole;
        }
        return new Value.Real(
                switch (method) {
                    case "ceil" -> Math.ceil(value * factor) / factor;
                    case "floor" -> Math.floor(value * factor) / factor;
                    default ->
                        new java.math.BigDecimal(value)
                                .setScale(digits, java.math.RoundingMode.HALF_EVEN)
                                .doubleValue();
                });
    }

    private static Value indent(Call call) {
        Value width = call.argument(1, "width", Value.Int.of(4));
        boolean first = Operators.truth(call.argument(2, "first", Value.Bool.FALSE));
        boolean blank = Operators.truth(call.argument(3, "blank", Value.Bool.FALSE));
        long spaces = width instanceof Value.Str ? 0 : Math.max(0, Operators.integer(width));
        String text = shown(call);
        call.interpreter().chargeCharacters(spaces * (StringMethods.count(text, "\n") + 1L));
        String indention = width instanceof Value.Str string ? string.value() : " ".repeat((int) spaces);
        Text.Builder out = new Text.Builder();
        Text source = call.interpreter().displayed(call.positional().get(0)).text();
        int from = 0;
        boolean firstLine = true;
        while (from <= text.length()) {
            int end = text.indexOf('\n', from);
            int to = end < 0 ? text.length() : end + 1;
            boolean empty = text.substring(from, to).isBlank()
                    && text.substring(from, to).strip().isEmpty()
                    && (to - from == (end < 0 ? 0 : 1));
            if (firstLine ? first : (blank || !empty)) {
                out.append(indention, null, false);
            }
            out.append(source.slice(from, to), null);
            firstLine = false;
            if (end < 0) {
                break;
            }
            from = to;
        }
        return new Value.Str(out.build());
    }

    private static Value truncate(Call call) {
        String text = shown(call);
        int length = (int) Operators.integer(call.argument(1, "length", Value.Int.of(255)));
        boolean killWords = Operators.truth(call.argument(2, "killwords", Value.Bool.FALSE));
        String end = Printer.display(call.argument(3, "end", Value.Str.of("...")));
        Value leeway = call.argument(4, "leeway");
        int tolerance = leeway == null || leeway instanceof Value.None ? 5 : (int) Operators.integer(leeway);
        if (text.length() <= length + tolerance) {
            return Value.Str.of(text);
        }
        String cut = text.substring(0, Math.max(0, length - end.length()));
        int space = cut.lastIndexOf(' ');
        return Value.Str.of((killWords || space < 0 ? cut : cut.substring(0, space)) + end);
    }
}
