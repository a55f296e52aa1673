package io.tailwater.lineage.jinja;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Names that every Jinja template knows. */
final class Builtins {
    private static final Map<String, Value.Function> FUNCTIONS = Map.of(
            "range", Builtins::range,
            "dict", Builtins::dict,
            "namespace", Builtins::namespace,
            "cycler", Builtins::cycler,
            "joiner", Builtins::joiner);

    private Builtins() {}

    static @Nullable Value lookup(String name) {
        return FUNCTIONS.get(name);
    }

    private static Value range(Call call) {
        for (Value bound : call.positional()) {
            if (bound instanceof Value.Unknown) {
                return bound;
            }
        }
        List<Long> bounds = call.positional().stream().map(Operators::integer).toList();
        if (bounds.isEmpty() || bounds.size() > 3) {
            throw new TemplateException("range takes one to three numbers");
        }
        long start = bounds.size() == 1 ? 0 : bounds.get(0);
        long stop = bounds.size() == 1 ? bounds.get(0) : bounds.get(1);
        long step = bounds.size() == 3 ? bounds.get(2) : 1;
        if (step == 0) {
            throw new TemplateException("range() arg 3 must not be zero");
        }
        List<Value> numbers = new ArrayList<>();
        for (long i = start; step > 0 ? i < stop : i > stop; i = Math.addExact(i, step)) {
            call.interpreter().charge(1);
            numbers.add(Value.Int.of(i));
        }
        return new Value.Items(numbers);
    }

    private static Value dict(Call call) {
        Value.Dict dict = Value.Dict.empty();
        for (Value source : call.positional()) {
            if (source instanceof Value.Unknown) {
                return source;
            }
            dict.entries().putAll(Methods.pairs(source));
        }
        call.named().forEach((name, value) -> dict.entries().put(Value.Str.of(name), value));
        return dict;
    }

    private static Value namespace(Call call) {
        Map<String, Value> attributes = new LinkedHashMap<>();
        for (Value source : call.positional()) {
            Methods.pairs(source).forEach((key, value) -> attributes.put(Printer.display(key), value));
        }
        attributes.putAll(call.named());
        return new Value.Namespace(attributes);
    }

    private static Value cycler(Call call) {
        List<Value> items = List.copyOf(call.positional());
        if (items.isEmpty()) {
            throw new TemplateException("at least one item has to be provided");
        }
        return new Value.Host() {
            private int position;

            @Override
            public @Nullable Value attribute(String name) {
                return switch (name) {
                    case "current" -> items.get(position);
                    case "next" ->
                        (Value.Function) next -> {
                            Value current = items.get(position);
                            position = (position + 1) % items.size();
                            return current;
                        };
                    case "reset" ->
                        (Value.Function) reset -> {
                            position = 0;
                            return Value.None.NONE;
                        };
                    default -> null;
                };
            }

            @Override
            public String display() {
                return "<Cycler>";
            }
        };
    }

    private static Value joiner(Call call) {
        Value separator = call.argument(0, "sep", Value.Str.of(", "));
        boolean[] used = {false};
        return (Value.Function) next -> {
            Value now = used[0] ? separator : Value.Str.of("");
            used[0] = true;
            return now;
        };
    }
}
