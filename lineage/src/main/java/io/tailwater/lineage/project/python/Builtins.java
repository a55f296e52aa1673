package io.tailwater.lineage.project.python;

import io.tailwater.lineage.graph.SourceLocation;
import io.tailwater.lineage.project.python.Value.External;
import io.tailwater.lineage.project.python.Value.Items;
import io.tailwater.lineage.project.python.Value.Mapping;
import io.tailwater.lineage.project.python.Value.Member;
import io.tailwater.lineage.project.python.Value.Plain;
import io.tailwater.lineage.project.python.Value.Run;
import io.tailwater.lineage.project.python.Value.Text;
import io.tailwater.lineage.project.python.Value.Unknown;
import io.tailwater.lineage.python.Expression;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What operators, methods and functions of Python do to values that are known. */
final class Builtins {
    static final Set<String> NAMES = Set.of(
            "str",
            "int",
            "float",
            "len",
            "range",
            "list",
            "dict",
            "tuple",
            "set",
            "sorted",
            "zip",
            "enumerate",
            "print",
            "isinstance",
            "reversed",
            "getattr",
            "open",
            "super",
            "bool",
            "any",
            "all",
            "map",
            "filter",
            "sum",
            "min",
            "max");

    private static final Pattern PERCENT = Pattern.compile("%(?:\\((\\w+)\\))?[-+ #0]*\\d*(?:\\.\\d+)?([sdrfi%])");
    private static final Pattern FIELD = Pattern.compile("\\{\\{|\\}\\}|\\{(\\w*)([^{}]*)\\}");

    private final Interpreter interpreter;

    Builtins(Interpreter interpreter) {
        this.interpreter = interpreter;
    }

    static Value constant(Expression.Constant constant, SourceLocation at) {
        return switch (constant.kind()) {
            case TRUE -> new Plain(true);
            case FALSE -> new Plain(false);
            case NONE -> Value.NONE;
            case ELLIPSIS -> new Unknown("ellipsis", at);
            case NUMBER -> number(constant.text().replace("_", ""), at);
        };
    }

    private static Value number(String text, SourceLocation at) {
        try {
            return new Plain(Long.decode(text.matches("0\\d+") ? text.replaceFirst("^0+(?=\\d)", "") : text));
        } catch (NumberFormatException noInteger) {
            try {
                return new Plain(Double.valueOf(text));
            } catch (NumberFormatException unknown) {
                return new Unknown("number", at);
            }
        }
    }

    /** Whether a value counts as true; null where only a run tells. */
    static @Nullable Boolean truth(Value value) {
        return switch (value) {
            case Plain plain ->
                switch (plain.value()) {
                    case null -> false;
                    case Boolean known -> known;
                    case Long number -> number != 0;
                    case Double number -> number != 0;
                    default -> null;
                };
            case Text text ->
                text.known() == null ? null : Boolean.valueOf(!text.shown().isEmpty());
            case Items items -> !items.values().isEmpty();
            case Mapping mapping -> !mapping.entries().isEmpty();
            default -> null;
        };
    }

    /** What a loop over a value goes through; null where only a run tells. */
    static @Nullable List<Value> elements(Value value) {
        return switch (value) {
            case Items items -> items.values();
            case Mapping mapping ->
                mapping.entries().keySet().stream().map(Builtins::ofKey).toList();
            default -> null;
        };
    }

    /** A value as key of a dictionary: a key of its own where it is not known. */
    static Object key(Value value) {
        return switch (value) {
            case Text text when text.known() != null -> text.shown();
            case Plain plain -> Objects.requireNonNullElse(plain.value(), "None");
            default -> value;
        };
    }

    private static Value ofKey(Object key) {
        return switch (key) {
            case String text -> Text.of(text, SourceLocation.of("", 1));
            case Value value -> value;
            default -> new Plain(key);
        };
    }

    Value operate(String operator, Value left, Value right, SourceLocation at) {
        if (left instanceof Text one) {
            if (operator.equals("+")) {
                List<Run> runs = new ArrayList<>(one.runs());
                runs.addAll(Value.asText(right, at).runs());
                return bounded(runs);
            }
            if (operator.equals("%")) {
                return percent(one, right, at);
            }
        }
        if (operator.equals("+") && right instanceof Text other && !(left instanceof Plain)) {
            List<Run> runs = new ArrayList<>(Value.asText(left, at).runs());
            runs.addAll(other.runs());
            return left instanceof Value.Called || left instanceof Value.Indexed || left instanceof Value.Operated
                    ? new Value.Operated(operator, List.of(left, right), at)
                    : bounded(runs);
        }
        if (operator.equals("+") && left instanceof Items one && right instanceof Items other) {
            List<Value> both = new ArrayList<>(one.values());
            both.addAll(other.values());
            return new Items(both);
        }
        if (operator.equals("|") && left instanceof Mapping one && right instanceof Mapping other) {
            Mapping both = Mapping.empty();
            both.entries().putAll(one.entries());
            both.entries().putAll(other.entries());
            return both;
        }
        if (left instanceof Plain one
                && right instanceof Plain other
                && one.value() instanceof Long x
                && other.value() instanceof Long y) {
            switch (operator) {
                case "+" -> {
                    return new Plain(x + y);
                }
                case "-" -> {
                    return new Plain(x - y);
                }
                case "*" -> {
                    return new Plain(x * y);
                }
                default -> {}
            }
        }
        return new Value.Operated(operator, List.of(left, right), at);
    }

    private static Text bounded(List<Run> runs) {
        long length = 0;
        for (Run run : runs) {
            length += run.text().length();
        }
        if (length > 1_000_000 || runs.size() > 100_000) {
            throw new Interpreter.Exhausted("a string becomes longer than 1000000 characters");
        }
        return new Text(runs);
    }

    Value unary(String operator, Value operand, SourceLocation at) {
        if (operator.equals("not")) {
            Boolean truth = truth(operand);
            return truth == null ? new Value.Operated("not", List.of(operand), at) : new Plain(!truth);
        }
        if (operator.equals("-") && operand instanceof Plain plain) {
            if (plain.value() instanceof Long number) {
                return new Plain(-number);
            }
            if (plain.value() instanceof Double number) {
                return new Plain(-number);
            }
        }
        return new Value.Operated(operator, List.of(operand), at);
    }

    Value compare(String operator, Value left, Value right, SourceLocation at) {
        Object one = known(left);
        Object other = known(right);
        if (one != null && other != null) {
            switch (operator) {
                case "==", "is" -> {
                    return new Plain(one.equals(other));
                }
                case "!=", "is not" -> {
                    return new Plain(!one.equals(other));
                }
                default -> {}
            }
        }
        if (one != null && (operator.equals("in") || operator.equals("not in"))) {
            List<Value> elements = elements(right);
            if (elements != null && elements.stream().allMatch(each -> known(each) != null)) {
                boolean found = elements.stream().anyMatch(each -> one.equals(known(each)));
                return new Plain(found == operator.equals("in"));
            }
        }
        return new Value.Operated(operator, List.of(left, right), at);
    }

    private static @Nullable Object known(Value value) {
        return switch (value) {
            case Text text -> text.known();
            case Plain plain -> plain.value() == null ? Value.NONE : plain.value();
            default -> null;
        };
    }

    Value index(Value target, Expression index, Function<Expression, Value> evaluate, SourceLocation at) {
        if (index instanceof Expression.Slice) {
            return new Value.Indexed(target, new Unknown("slice", at), at);
        }
        Value at0 = evaluate.apply(index);
        if (target instanceof Mapping mapping) {
            Value found = mapping.entries().get(key(at0));
            return found == null ? new Unknown(Value.word(at0), at) : found;
        }
        if (target instanceof Items items && at0 instanceof Plain plain && plain.value() instanceof Long place) {
            int size = items.values().size();
            long found = place < 0 ? size + place : place;
            return found >= 0 && found < size ? items.values().get((int) found) : new Unknown("element", at);
        }
        return new Value.Indexed(target, at0, at);
    }

    void store(Value container, Value index, Value value) {
        if (container instanceof Mapping mapping) {
            mapping.entries().put(key(index), value);
        }
    }

    /** The result of a call of something that Python itself has; null if it is something else. */
    @Nullable
    Value call(Value function, List<Value> arguments, Map<String, Value> named, SourceLocation at) {
        if (function instanceof Member member) {
            return switch (member.target()) {
                case Text text -> method(text, member.name(), arguments, named, at);
                case Items items -> method(items, member.name(), arguments);
                case Mapping mapping -> method(mapping, member.name(), arguments, at);
                default ->
                    member.name().equals("transform") && !arguments.isEmpty() && isFunction(arguments.getFirst())
                            ? interpreter.apply(arguments.getFirst(), with(member.target(), arguments), named, at)
                            : null;
            };
        }
        return function instanceof External external ? function(external.name(), arguments, at) : null;
    }

    private static boolean isFunction(Value value) {
        return value instanceof Value.Callable || value instanceof Value.Anonymous;
    }

    private static List<Value> with(Value first, List<Value> arguments) {
        List<Value> all = new ArrayList<>(List.of(first));
        all.addAll(arguments.subList(1, arguments.size()));
        return all;
    }

    private @Nullable Value function(String name, List<Value> arguments, SourceLocation at) {
        Value first = arguments.isEmpty() ? null : arguments.getFirst();
        List<Value> elements = first == null ? null : elements(first);
        return switch (name) {
            case "str" -> first == null ? Text.of("", at) : Value.asText(first, at);
            case "list", "tuple", "set", "reversed" ->
                first == null ? Items.of(List.of()) : elements == null ? null : Items.of(elements);
            case "dict" -> first == null || !(first instanceof Mapping mapping) ? null : copy(mapping);
            case "len" -> elements == null ? null : new Plain((long) elements.size());
            case "sorted" ->
                elements == null
                                || elements.stream()
                                        .anyMatch(each -> !(each instanceof Text text) || text.known() == null)
                        ? null
                        : Items.of(elements.stream()
                                .sorted(java.util.Comparator.comparing(each -> ((Text) each).shown()))
                                .toList());
            case "range" -> range(arguments);
            case "enumerate" -> elements == null ? null : enumerated(elements);
            case "zip" -> zipped(arguments);
            case "textwrap.dedent", "inspect.cleandoc" -> first instanceof Text ? first : null;
            case "os.path.join" ->
                arguments.stream().allMatch(Text.class::isInstance) ? joined(Text.of("/", at), arguments) : null;
            default -> null;
        };
    }

    private static Mapping copy(Mapping mapping) {
        Mapping copy = Mapping.empty();
        copy.entries().putAll(mapping.entries());
        return copy;
    }

    private static @Nullable Value range(List<Value> arguments) {
        List<Long> numbers = new ArrayList<>();
        for (Value argument : arguments) {
            if (!(argument instanceof Plain plain) || !(plain.value() instanceof Long number)) {
                return null;
            }
            numbers.add(number);
        }
        long from = numbers.size() > 1 ? numbers.get(0) : 0;
        long to = numbers.isEmpty() ? 0 : numbers.get(numbers.size() > 1 ? 1 : 0);
        if (numbers.size() > 2 || to - from > 3_000) {
            return null;
        }
        List<Value> values = new ArrayList<>();
        for (long i = from; i < to; i++) {
            values.add(new Plain(i));
        }
        return Items.of(values);
    }

    private static Value enumerated(List<Value> elements) {
        List<Value> values = new ArrayList<>();
        for (Value element : elements) {
            values.add(Items.of(List.of(new Plain((long) values.size()), element)));
        }
        return Items.of(values);
    }

    private static @Nullable Value zipped(List<Value> arguments) {
        List<List<Value>> all = new ArrayList<>();
        for (Value argument : arguments) {
            List<Value> elements = elements(argument);
            if (elements == null) {
                return null;
            }
            all.add(elements);
        }
        int size = all.stream().mapToInt(List::size).min().orElse(0);
        List<Value> values = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            int place = i;
            values.add(Items.of(all.stream().map(each -> each.get(place)).toList()));
        }
        return Items.of(values);
    }

    private static @Nullable Value method(Items items, String name, List<Value> arguments) {
        switch (name) {
            case "append", "add" -> {
                if (items.values().size() < 10_000 && arguments.size() == 1) {
                    items.values().add(arguments.getFirst());
                }
                return Value.NONE;
            }
            case "extend", "update" -> {
                List<Value> more = arguments.isEmpty() ? null : elements(arguments.getFirst());
                if (more != null && items.values().size() + more.size() < 10_000) {
                    items.values().addAll(List.copyOf(more));
                }
                return Value.NONE;
            }
            case "copy" -> {
                return Items.of(items.values());
            }
            default -> {
                return null;
            }
        }
    }

    private static @Nullable Value method(Mapping mapping, String name, List<Value> arguments, SourceLocation at) {
        return switch (name) {
            case "items" ->
                Items.of(mapping.entries().entrySet().stream()
                        .<Value>map(entry -> Items.of(List.of(ofKey(entry.getKey()), entry.getValue())))
                        .toList());
            case "keys" ->
                Items.of(
                        mapping.entries().keySet().stream().map(Builtins::ofKey).toList());
            case "values" -> Items.of(List.copyOf(mapping.entries().values()));
            case "copy" -> copy(mapping);
            case "get", "pop" -> {
                Value found = arguments.isEmpty() ? null : mapping.entries().get(key(arguments.getFirst()));
                boolean asked = !arguments.isEmpty() && !(key(arguments.getFirst()) instanceof Value);
                yield found != null
                        ? found
                        : !asked ? new Unknown("entry", at) : arguments.size() > 1 ? arguments.get(1) : Value.NONE;
            }
            case "update" -> {
                if (!arguments.isEmpty() && arguments.getFirst() instanceof Mapping other) {
                    mapping.entries().putAll(other.entries());
                }
                yield Value.NONE;
            }
            default -> null;
        };
    }

    private @Nullable Value method(
            Text text, String name, List<Value> arguments, Map<String, Value> named, SourceLocation at) {
        String known = text.known();
        Value first = arguments.isEmpty() ? null : arguments.getFirst();
        String argument = first instanceof Text other ? other.known() : null;
        return switch (name) {
            case "format" -> format(text, arguments, named, at);
            case "join" -> {
                List<Value> elements = first == null ? null : elements(first);
                yield elements == null
                        ? Value.gap(first == null ? "value" : Value.word(first), at)
                        : joined(text, elements);
            }
            case "encode", "expandtabs" -> text;
            // blanks around a text mean nothing in what is looked for here: SQL and names
            case "strip", "rstrip", "lstrip" -> first == null ? text : Value.gap("stripped", at);
            case "upper" -> mapped(text, part -> part.toUpperCase(Locale.ROOT));
            case "lower" -> mapped(text, part -> part.toLowerCase(Locale.ROOT));
            case "replace" -> {
                Value second = arguments.size() > 1 ? arguments.get(1) : null;
                if (argument == null || !(second instanceof Text by)) {
                    yield Value.gap("replaced", at);
                }
                yield by.known() == null
                        ? replacedByGap(text, argument, by)
                        : mapped(text, part -> part.replace(argument, by.shown()));
            }
            case "split" ->
                known == null || argument == null
                        ? null
                        : Items.of(java.util.Arrays.stream(known.split(Pattern.quote(argument), -1))
                                .<Value>map(part -> Text.of(part, at))
                                .toList());
            case "startswith" -> known == null || argument == null ? null : new Plain(known.startsWith(argument));
            case "endswith" -> known == null || argument == null ? null : new Plain(known.endsWith(argument));
            default -> null;
        };
    }

    private static Text replacedByGap(Text text, String from, Text by) {
        List<Run> runs = new ArrayList<>();
        for (Run run : text.runs()) {
            if (run.gap() || !run.text().contains(from) || from.isEmpty()) {
                runs.add(run);
                continue;
            }
            String[] parts = run.text().split(Pattern.quote(from), -1);
            for (int i = 0; i < parts.length; i++) {
                if (i > 0) {
                    runs.addAll(by.runs());
                }
                runs.add(new Run(parts[i], run.at(), false));
            }
        }
        return new Text(runs);
    }

    private static Text mapped(Text text, Function<String, String> change) {
        return new Text(text.runs().stream()
                .map(run -> run.gap() ? run : new Run(change.apply(run.text()), run.at(), false))
                .toList());
    }

    private static Text joined(Text separator, List<Value> elements) {
        List<Run> runs = new ArrayList<>();
        SourceLocation at = separator.runs().isEmpty()
                ? SourceLocation.of("", 1)
                : separator.runs().getFirst().at();
        for (int i = 0; i < elements.size(); i++) {
            if (i > 0) {
                runs.addAll(separator.runs());
            }
            runs.addAll(Value.asText(elements.get(i), at).runs());
        }
        return bounded(runs);
    }

    private static Text percent(Text text, Value right, SourceLocation at) {
        List<Run> runs = new ArrayList<>();
        int[] place = {0};
        for (Run run : text.runs()) {
            fill(run, PERCENT, runs, found -> {
                if (found.group(2).equals("%")) {
                    return Text.of("%", run.at());
                }
                if (found.group(1) != null) {
                    Value value = right instanceof Mapping mapping ? mapping.get(found.group(1)) : null;
                    return value == null ? Value.gap(found.group(1), at) : Value.asText(value, run.at());
                }
                List<Value> values = right instanceof Items items ? items.values() : List.of(right);
                Value value = place[0] < values.size() ? values.get(place[0]) : new Unknown("value", at);
                place[0]++;
                return Value.asText(value, run.at());
            });
        }
        return bounded(runs);
    }

    private static Text format(Text text, List<Value> arguments, Map<String, Value> named, SourceLocation at) {
        List<Run> runs = new ArrayList<>();
        int[] place = {0};
        for (Run run : text.runs()) {
            fill(run, FIELD, runs, found -> {
                if (found.group().equals("{{") || found.group().equals("}}")) {
                    return Text.of(found.group().substring(1), run.at());
                }
                String name = found.group(1);
                Value value;
                if (name.isEmpty() || name.matches("\\d{1,4}")) {
                    int index = name.isEmpty() ? place[0]++ : Integer.parseInt(name);
                    value = index < arguments.size() ? arguments.get(index) : null;
                } else {
                    value = named.get(name);
                }
                boolean plain = found.group(2).isEmpty();
                return value == null || !plain
                        ? Value.gap(name.isEmpty() ? "value" : name, at)
                        : Value.asText(value, run.at());
            });
        }
        return bounded(runs);
    }

    private static void fill(Run run, Pattern pattern, List<Run> into, Function<Matcher, Text> by) {
        if (run.gap()) {
            into.add(run);
            return;
        }
        Matcher matcher = pattern.matcher(run.text());
        int from = 0;
        while (matcher.find()) {
            if (matcher.start() > from) {
                into.add(new Run(run.text().substring(from, matcher.start()), run.at(), false));
            }
            into.addAll(by.apply(matcher).runs());
            from = matcher.end();
        }
        if (from < run.text().length()) {
            into.add(new Run(run.text().substring(from), run.at(), false));
        }
    }
}
