package io.tailwater.lineage.jinja;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Methods of lists, dicts and sets; those of strings are {@link StringMethods}. */
final class Methods {
    private Methods() {}

    /** The method of that name, bound to its value; null if values of that type have none. */
    static Value.@Nullable Function of(Value target, String name) {
        return switch (target) {
            case Value.Str string ->
                StringMethods.NAMES.contains(name) ? call -> StringMethods.call(string, name, call) : null;
            case Value.Items list -> LIST.contains(name) ? call -> list(list.items(), name, call) : null;
            case Value.Tuple tuple ->
                name.equals("index") || name.equals("count") ? call -> list(tuple.items(), name, call) : null;
            case Value.Dict dict -> DICT.contains(name) ? call -> dict(dict.entries(), name, call) : null;
            case Value.Unique set -> SET.contains(name) ? call -> set(set, name, call) : null;
            default -> null;
        };
    }

    private static final List<String> LIST = List.of(
            "append", "extend", "insert", "pop", "remove", "index", "count", "sort", "reverse", "copy", "clear");
    private static final List<String> DICT =
            List.of("keys", "values", "items", "get", "update", "pop", "popitem", "setdefault", "copy", "clear");
    private static final List<String> SET = List.of(
            "add",
            "update",
            "discard",
            "remove",
            "union",
            "intersection",
            "difference",
            "issubset",
            "issuperset",
            "symmetric_difference",
            "isdisjoint",
            "copy");

    private static Value list(List<Value> items, String name, Call call) {
        call.interpreter().charge(items.size() / 8);
        return switch (name) {
            case "append" -> {
                items.add(call.required(0, "object"));
                yield Value.None.NONE;
            }
            case "extend" -> {
                List<Value> added = call.interpreter().iterate(call.required(0, "iterable"));
                call.interpreter().charge(added.size());
                items.addAll(added);
                yield Value.None.NONE;
            }
            case "insert" -> {
                long index = Operators.integer(call.required(0, "index"));
                long from = index < 0 ? index + items.size() : index;
                items.add((int) Math.max(0, Math.min(items.size(), from)), call.required(1, "object"));
                yield Value.None.NONE;
            }
            case "pop" -> items.remove(position(items, call.argument(0, "index", Value.Int.of(-1))));
            case "remove" -> {
                items.remove(find(items, call.required(0, "value")));
                yield Value.None.NONE;
            }
            case "index" -> Value.Int.of(find(items, call.required(0, "value")));
            case "count" -> {
                Value wanted = call.required(0, "value");
                yield Value.Int.of(items.stream()
                        .filter(item -> Operators.equal(item, wanted))
                        .count());
            }
            case "sort" -> {
                Value reverse = call.argument(5, "reverse", Value.Bool.FALSE);
                items.sort((left, right) -> Operators.compare(left, right, "<"));
                if (Operators.truth(reverse)) {
                    java.util.Collections.reverse(items);
                }
                yield Value.None.NONE;
            }
            case "reverse" -> {
                java.util.Collections.reverse(items);
                yield Value.None.NONE;
            }
            case "copy" -> Value.Items.of(items);
            case "clear" -> {
                items.clear();
                yield Value.None.NONE;
            }
            default -> throw new IllegalStateException("no method " + name);
        };
    }

    private static int position(List<Value> items, Value index) {
        long at = Operators.integer(index);
        long from = at < 0 ? at + items.size() : at;
        if (from < 0 || from >= items.size()) {
            throw new TemplateException("pop index out of range");
        }
        return (int) from;
    }

    private static int find(List<Value> items, Value wanted) {
        for (int i = 0; i < items.size(); i++) {
            if (Operators.equal(items.get(i), wanted)) {
                return i;
            }
        }
        throw new TemplateException(Printer.representation(wanted) + " is not in list");
    }

    private static Value dict(Map<Value, Value> entries, String name, Call call) {
        call.interpreter().charge(entries.size() / 8);
        return switch (name) {
            case "keys" -> Value.Items.of(new ArrayList<>(entries.keySet()));
            case "values" -> Value.Items.of(new ArrayList<>(entries.values()));
            case "items" -> {
                List<Value> pairs = new ArrayList<>();
                entries.forEach((key, value) -> pairs.add(new Value.Tuple(List.of(key, value))));
                yield new Value.Items(pairs);
            }
            case "get" -> {
                Value found = entries.get(Operators.key(call.required(0, "key")));
                yield found != null ? found : call.argument(1, "default", Value.None.NONE);
            }
            case "update" -> {
                if (!call.positional().isEmpty() && call.positional().get(0) instanceof Value.Unknown unknown) {
                    entries.put(unknown, unknown);
                } else if (!call.positional().isEmpty()) {
                    entries.putAll(pairs(call.positional().get(0)));
                }
                call.named().forEach((key, value) -> entries.put(Value.Str.of(key), value));
                call.interpreter().charge(entries.size());
                yield Value.None.NONE;
            }
            case "pop" -> {
                Value key = call.required(0, "key");
                Value removed = entries.remove(Operators.key(key));
                if (removed == null && call.argument(1, "default") == null) {
                    throw new TemplateException("the dict has no key " + Printer.representation(key));
                }
                yield removed != null ? removed : call.argument(1, "default", Value.None.NONE);
            }
            case "popitem" -> {
                if (entries.isEmpty()) {
                    throw new TemplateException("popitem(): dictionary is empty");
                }
                Value last = Value.None.NONE;
                for (Value key : entries.keySet()) {
                    last = key;
                }
                Value value = entries.remove(last);
                yield new Value.Tuple(List.of(last, value == null ? Value.None.NONE : value));
            }
            case "setdefault" -> {
                Value key = Operators.key(call.required(0, "key"));
                Value given = call.argument(1, "default", Value.None.NONE);
                Value before = entries.putIfAbsent(key, given);
                yield before == null ? given : before;
            }
            case "copy" -> new Value.Dict(new LinkedHashMap<>(entries));
            case "clear" -> {
                entries.clear();
                yield Value.None.NONE;
            }
            default -> throw new IllegalStateException("no method " + name);
        };
    }

    /** The entries of a dict, or of a sequence of pairs. */
    static Map<Value, Value> pairs(Value value) {
        if (value instanceof Value.Dict dict) {
            return dict.entries();
        }
        Map<Value, Value> entries = new LinkedHashMap<>();
        for (Value pair : Operators.iterate(value)) {
            List<Value> parts = Operators.iterate(pair);
            if (parts.size() != 2) {
                throw new TemplateException("a dict is made of pairs");
            }
            entries.put(Operators.key(parts.get(0)), parts.get(1));
        }
        return entries;
    }

    private static Value set(Value.Unique set, String name, Call call) {
        call.interpreter().charge(set.items().size());
        if (name.equals("copy")) {
            return Value.Unique.of(set.items());
        }
        Value argument = call.required(0, "other");
        if (name.equals("add")) {
            set.items().add(Operators.key(argument));
            return Value.None.NONE;
        }
        if (name.equals("discard") || name.equals("remove")) {
            if (!set.items().remove(Operators.key(argument)) && name.equals("remove")) {
                throw new TemplateException("the set has no item " + Printer.representation(argument));
            }
            return Value.None.NONE;
        }
        Value.Unique other = Value.Unique.of(call.interpreter().iterate(argument));
        LinkedHashSet<Value> result = new LinkedHashSet<>(set.items());
        return switch (name) {
            case "update" -> {
                set.items().addAll(other.items());
                yield Value.None.NONE;
            }
            case "union" -> {
                result.addAll(other.items());
                yield new Value.Unique(result);
            }
            case "intersection" -> {
                result.retainAll(other.items());
                yield new Value.Unique(result);
            }
            case "difference" -> {
                result.removeAll(other.items());
                yield new Value.Unique(result);
            }
            case "symmetric_difference" -> {
                result.removeAll(other.items());
                other.items().stream()
                        .filter(item -> !set.items().contains(item))
                        .forEach(result::add);
                yield new Value.Unique(result);
            }
            case "issubset" -> Value.Bool.of(other.items().containsAll(set.items()));
            case "issuperset" -> Value.Bool.of(set.items().containsAll(other.items()));
            case "isdisjoint" -> Value.Bool.of(set.items().stream().noneMatch(other.items()::contains));
            default ->
                throw new IllegalStateException("no method " + name + " among " + Arrays.toString(SET.toArray()));
        };
    }
}
