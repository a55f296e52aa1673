package io.tailwater.lineage.jinja;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What Python's operators do with values that are known. */
final class Operators {
    private static final int DEEPEST = 60;

    private Operators() {}

    static boolean truth(Value value) {
        return switch (value) {
            case Value.None none -> false;
            case Value.Bool bool -> bool == Value.Bool.TRUE;
            case Value.Int number -> number.value() != 0;
            case Value.Real number -> number.value() != 0;
            case Value.Str string -> !string.value().isEmpty();
            case Value.Items list -> !list.items().isEmpty();
            case Value.Tuple tuple -> !tuple.items().isEmpty();
            case Value.Dict dict -> !dict.entries().isEmpty();
            case Value.Unique set -> !set.items().isEmpty();
            case Value.Host host -> host.truth();
            case Value.Function function -> true;
            case Value.Namespace namespace -> true;
            case Value.Undefined undefined -> false;
            case Value.Unknown unknown -> throw new IllegalStateException("the caller decides what is unknown");
        };
    }

    /** Python's name of the value's type, for messages. */
    static String typeName(Value value) {
        return switch (value) {
            case Value.None none -> "NoneType";
            case Value.Bool bool -> "bool";
            case Value.Int number -> "int";
            case Value.Real number -> "float";
            case Value.Str string -> "str";
            case Value.Items list -> "list";
            case Value.Tuple tuple -> "tuple";
            case Value.Dict dict -> "dict";
            case Value.Unique set -> "set";
            case Value.Host host -> "object";
            case Value.Function function -> "function";
            case Value.Namespace namespace -> "namespace";
            case Value.Undefined undefined -> "undefined";
            case Value.Unknown unknown -> "unknown";
        };
    }

    /** The value as a key of a dict or set: {@code True}, {@code 1} and {@code 1.0} are one. */
    static Value key(Value value) {
        return switch (value) {
            case Value.Bool bool -> Value.Int.of(bool == Value.Bool.TRUE ? 1 : 0);
            case Value.Real number
            when number.value() == Math.rint(number.value()) && Math.abs(number.value()) < 1e15 ->
                Value.Int.of((long) number.value());
            case Value.Items list -> throw new TemplateException("unhashable type: 'list'");
            case Value.Dict dict -> throw new TemplateException("unhashable type: 'dict'");
            default -> value;
        };
    }

    static boolean equal(Value left, Value right) {
        return equal(left, right, 0);
    }

    private static boolean equal(Value left, Value right, int depth) {
        if (depth > DEEPEST) {
            throw new TemplateException("a value is nested deeper than " + DEEPEST);
        }
        if (isNumber(left) && isNumber(right)) {
            return left instanceof Value.Real || right instanceof Value.Real
                    ? real(left) == real(right)
                    : integer(left) == integer(right);
        }
        return switch (left) {
            case Value.Items list -> right instanceof Value.Items other && equal(list.items(), other.items(), depth);
            case Value.Tuple tuple -> right instanceof Value.Tuple other && equal(tuple.items(), other.items(), depth);
            case Value.Dict dict -> right instanceof Value.Dict other && equal(dict, other, depth);
            case Value.Host host when right instanceof Value.Host other -> host == other || host.equals(other);
            default -> left.equals(right);
        };
    }

    private static boolean equal(List<Value> left, List<Value> right, int depth) {
        if (left.size() != right.size()) {
            return false;
        }
        for (int i = 0; i < left.size(); i++) {
            if (!equal(left.get(i), right.get(i), depth + 1)) {
                return false;
            }
        }
        return true;
    }

    private static boolean equal(Value.Dict left, Value.Dict right, int depth) {
        if (left.entries().size() != right.entries().size()) {
            return false;
        }
        for (Map.Entry<Value, Value> entry : left.entries().entrySet()) {
            Value other = right.entries().get(entry.getKey());
            if (other == null || !equal(entry.getValue(), other, depth + 1)) {
                return false;
            }
        }
        return true;
    }

    /** Below, at or above zero as {@code left} stands before, with or behind {@code right}. */
    static int compare(Value left, Value right, String operator) {
        if (isNumber(left) && isNumber(right)) {
            return left instanceof Value.Real || right instanceof Value.Real
                    ? Double.compare(real(left), real(right))
                    : Long.compare(integer(left), integer(right));
        }
        if (left instanceof Value.Str one && right instanceof Value.Str other) {
            return compareCodePoints(one.value(), other.value());
        }
        List<Value> one = ordered(left);
        List<Value> other = ordered(right);
        if (one != null && other != null && left.getClass() == right.getClass()) {
            for (int i = 0; i < Math.min(one.size(), other.size()); i++) {
                if (!equal(one.get(i), other.get(i))) {
                    return compare(one.get(i), other.get(i), operator);
                }
            }
            return Integer.compare(one.size(), other.size());
        }
        throw new TemplateException("'" + operator + "' not supported between instances of '" + typeName(left)
                + "' and '" + typeName(right) + "'");
    }

    private static @Nullable List<Value> ordered(Value value) {
        return switch (value) {
            case Value.Items list -> list.items();
            case Value.Tuple tuple -> tuple.items();
            default -> null;
        };
    }

    private static int compareCodePoints(String left, String right) {
        int[] one = left.codePoints().toArray();
        int[] other = right.codePoints().toArray();
        return java.util.Arrays.compare(one, other);
    }

    static boolean contains(Value container, Value item) {
        return switch (container) {
            case Value.Str string -> {
                if (item instanceof Value.Str part) {
                    yield string.value().contains(part.value());
                }
                throw new TemplateException("'in <string>' requires string as left operand, not " + typeName(item));
            }
            case Value.Dict dict -> dict.entries().containsKey(key(item));
            case Value.Unique set -> set.items().contains(key(item));
            case Value.Undefined undefined -> false;
            default -> {
                List<Value> items = iterate(container);
                yield items.stream().anyMatch(candidate -> equal(candidate, item));
            }
        };
    }

    /** The items a loop sees; a copy, so that the loop's body may change the value. */
    static List<Value> iterate(Value value) {
        return switch (value) {
            case Value.Items list -> new ArrayList<>(list.items());
            case Value.Tuple tuple -> tuple.items();
            case Value.Dict dict -> new ArrayList<>(dict.entries().keySet());
            case Value.Unique set -> new ArrayList<>(set.items());
            case Value.Str string ->
                string.value()
                        .codePoints()
                        .<Value>mapToObj(c -> Value.Str.of(Character.toString(c)))
                        .toList();
            case Value.Undefined undefined -> List.of();
            case Value.Host host
            when host instanceof Iterable<?> items -> {
                List<Value> values = new ArrayList<>();
                for (Iterator<?> item = items.iterator(); item.hasNext(); ) {
                    values.add((Value) item.next());
                }
                yield values;
            }
            default -> throw new TemplateException("'" + typeName(value) + "' object is not iterable");
        };
    }

    static boolean isNumber(Value value) {
        return value instanceof Value.Int || value instanceof Value.Real || value instanceof Value.Bool;
    }

    static long integer(Value value) {
        return switch (value) {
            case Value.Int number -> number.value();
            case Value.Bool bool -> bool == Value.Bool.TRUE ? 1 : 0;
            default -> throw new TemplateException("'" + typeName(value) + "' cannot be interpreted as an integer");
        };
    }

    static double real(Value value) {
        return value instanceof Value.Real number ? number.value() : integer(value);
    }

    /** A binary operator on known values, {@code %} on strings excepted. */
    static Value arithmetic(String operator, Value left, Value right) {
        if (!isNumber(left) || !isNumber(right)) {
            return collections(operator, left, right);
        }
        boolean real = left instanceof Value.Real || right instanceof Value.Real;
        try {
            return real
                    ? realArithmetic(operator, real(left), real(right))
                    : integerArithmetic(operator, integer(left), integer(right));
        } catch (ArithmeticException e) {
            throw new TemplateException("the result of " + operator + " is too large, or a division by zero");
        }
    }

    private static Value integerArithmetic(String operator, long left, long right) {
        return switch (operator) {
            case "+" -> Value.Int.of(Math.addExact(left, right));
            case "-" -> Value.Int.of(Math.subtractExact(left, right));
            case "*" -> Value.Int.of(Math.multiplyExact(left, right));
            case "//" -> Value.Int.of(Math.floorDiv(left, right));
            case "%" -> Value.Int.of(Math.floorMod(left, right));
            case "/" -> {
                if (right == 0) {
                    throw new TemplateException("division by zero");
                }
                yield new Value.Real((double) left / right);
            }
            case "**" -> right < 0 ? new Value.Real(Math.pow(left, right)) : power(left, right);
            default -> throw new IllegalStateException("no operator " + operator);
        };
    }

    private static Value power(long base, long exponent) {
        long result = 1;
        if (base == 0 || base == 1) {
            return Value.Int.of(exponent == 0 ? 1 : base);
        }
        if (base == -1) {
            return Value.Int.of(exponent % 2 == 0 ? 1 : -1);
        }
        for (long i = 0; i < exponent; i++) {
            result = Math.multiplyExact(result, base);
        }
        return Value.Int.of(result);
    }

    private static Value realArithmetic(String operator, double left, double right) {
        if (right == 0 && (operator.equals("/") || operator.equals("//") || operator.equals("%"))) {
            throw new TemplateException("float division by zero");
        }
        return new Value.Real(
                switch (operator) {
                    case "+" -> left + right;
                    case "-" -> left - right;
                    case "*" -> left * right;
                    case "/" -> left / right;
                    case "//" -> Math.floor(left / right);
                    case "%" -> left - right * Math.floor(left / right);
                    case "**" -> Math.pow(left, right);
                    default -> throw new IllegalStateException("no operator " + operator);
                });
    }

    private static Value collections(String operator, Value left, Value right) {
        if (operator.equals("+")) {
            if (left instanceof Value.Str one && right instanceof Value.Str other) {
                return new Value.Str(one.text().plus(other.text()));
            }
            if (left instanceof Value.Items one && right instanceof Value.Items other) {
                List<Value> items = new ArrayList<>(one.items());
                items.addAll(other.items());
                return new Value.Items(items);
            }
            if (left instanceof Value.Tuple one && right instanceof Value.Tuple other) {
                List<Value> items = new ArrayList<>(one.items());
                items.addAll(other.items());
                return new Value.Tuple(items);
            }
        }
        if (operator.equals("-") && left instanceof Value.Unique one && right instanceof Value.Unique other) {
            Value.Unique rest = Value.Unique.of(one.items());
            rest.items().removeAll(other.items());
            return rest;
        }
        if (operator.equals("*") && isNumber(left) && !isNumber(right)) {
            return repeat(right, integer(left), left);
        }
        if (operator.equals("*") && isNumber(right)) {
            return repeat(left, integer(right), right);
        }
        throw unsupported(operator, left, right);
    }

    static TemplateException unsupported(String operator, Value left, Value right) {
        for (Value value : List.of(left, right)) {
            if (value instanceof Value.Undefined undefined) {
                return new TemplateException("'" + undefined.name() + "' is undefined");
            }
        }
        return new TemplateException("unsupported operand type(s) for " + operator + ": '" + typeName(left) + "' and '"
                + typeName(right) + "'");
    }

    private static Value repeat(Value value, long times, Value factor) {
        int count = (int) Math.max(0, times);
        return switch (value) {
            case Value.Str string -> Value.Str.of(string.value().repeat(count));
            case Value.Items list -> {
                List<Value> items = new ArrayList<>();
                for (int i = 0; i < count; i++) {
                    items.addAll(list.items());
                }
                yield new Value.Items(items);
            }
            case Value.Tuple tuple -> {
                List<Value> items = new ArrayList<>();
                for (int i = 0; i < count; i++) {
                    items.addAll(tuple.items());
                }
                yield new Value.Tuple(items);
            }
            default -> throw unsupported("*", value, factor);
        };
    }

    /** How many elements or characters {@code left * right} would have, so that a limit can be asked first. */
    static long repeatedSize(Value left, Value right) {
        if (isNumber(left) && isNumber(right)) {
            return 0;
        }
        long times =
                isNumber(left) ? integer(left) : isNumber(right) && !(right instanceof Value.Real) ? integer(right) : 0;
        Value repeated = isNumber(left) ? right : left;
        long size = switch (repeated) {
            case Value.Str string -> string.value().length();
            case Value.Items list -> list.items().size();
            case Value.Tuple tuple -> tuple.items().size();
            default -> 0;
        };
        return times <= 0 || size == 0 ? 0 : times > Long.MAX_VALUE / size ? Long.MAX_VALUE : times * size;
    }

    static Value negate(Value value) {
        return switch (value) {
            case Value.Int number -> Value.Int.of(-number.value());
            case Value.Real number -> new Value.Real(-number.value());
            case Value.Bool bool -> Value.Int.of(-integer(bool));
            default -> throw new TemplateException("bad operand type for unary -: '" + typeName(value) + "'");
        };
    }

    /** {@code value[start:stop:step]}, each of the three possibly absent. */
    static Value slice(Value value, @Nullable Value start, @Nullable Value stop, @Nullable Value step) {
        long by = step == null || step instanceof Value.None ? 1 : integer(step);
        if (by == 0) {
            throw new TemplateException("slice step cannot be zero");
        }
        int size = switch (value) {
            case Value.Str string -> string.value().length();
            case Value.Items list -> list.items().size();
            case Value.Tuple tuple -> tuple.items().size();
            default -> throw new TemplateException("'" + typeName(value) + "' object cannot be sliced");
        };
        int from = bound(start, by > 0 ? 0 : size - 1, size, by);
        int to = bound(stop, by > 0 ? size : -1, size, by);
        if (value instanceof Value.Str string) {
            return by == 1
                    ? new Value.Str(string.text().slice(from, Math.max(from, to)))
                    : steppedString(string, from, to, by);
        }
        List<Value> source = value instanceof Value.Items list ? list.items() : ((Value.Tuple) value).items();
        List<Value> picked = new ArrayList<>();
        for (long i = from; by > 0 ? i < to : i > to; i += by) {
            picked.add(source.get((int) i));
        }
        return value instanceof Value.Items ? new Value.Items(picked) : new Value.Tuple(picked);
    }

    private static Value steppedString(Value.Str string, int from, int to, long by) {
        StringBuilder picked = new StringBuilder();
        for (long i = from; by > 0 ? i < to : i > to; i += by) {
            picked.append(string.value().charAt((int) i));
        }
        return Value.Str.of(picked.toString());
    }

    private static int bound(@Nullable Value given, int otherwise, int size, long by) {
        if (given == null || given instanceof Value.None) {
            return otherwise;
        }
        long index = integer(given);
        if (index < 0) {
            index += size;
        }
        long lowest = by > 0 ? 0 : -1;
        long highest = by > 0 ? size : size - 1L;
        return (int) Math.max(lowest, Math.min(highest, index));
    }
}
