package io.tailwater.lineage.jinja;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Jinja's tests, on values that are known. */
final class Tests {
    static final Set<String> NAMES = Set.of(
            "boolean",
            "callable",
            "defined",
            "divisibleby",
            "eq",
            "equalto",
            "==",
            "escaped",
            "even",
            "false",
            "filter",
            "float",
            "ge",
            ">=",
            "gt",
            "greaterthan",
            ">",
            "in",
            "integer",
            "iterable",
            "le",
            "<=",
            "lower",
            "lt",
            "lessthan",
            "<",
            "mapping",
            "ne",
            "!=",
            "none",
            "number",
            "odd",
            "sameas",
            "sequence",
            "string",
            "test",
            "true",
            "undefined",
            "upper");

    private Tests() {}

    static boolean holds(String name, List<Value> arguments) {
        Value value = arguments.get(0);
        return switch (name) {
            case "defined" -> !(value instanceof Value.Undefined);
            case "undefined" -> value instanceof Value.Undefined;
            case "none" -> value instanceof Value.None;
            case "boolean" -> value instanceof Value.Bool;
            case "true" -> value == Value.Bool.TRUE;
            case "false" -> value == Value.Bool.FALSE;
            case "integer" -> value instanceof Value.Int;
            case "float" -> value instanceof Value.Real;
            case "number" -> Operators.isNumber(value);
            case "string" -> value instanceof Value.Str;
            case "mapping" -> value instanceof Value.Dict;
            case "sequence" -> isSequence(value);
            case "iterable" ->
                isSequence(value)
                        || value instanceof Value.Unique
                        || value instanceof Iterable<?>
                        || value instanceof Value.Undefined;
            case "callable" -> value instanceof Value.Function;
            case "escaped" -> false;
            case "even" -> Math.floorMod(Operators.integer(value), 2L) == 0;
            case "odd" -> Math.floorMod(Operators.integer(value), 2L) == 1;
            case "divisibleby" -> divisible(Operators.integer(value), Operators.integer(second(name, arguments)));
            case "eq", "equalto", "==" -> Operators.equal(value, second(name, arguments));
            case "ne", "!=" -> !Operators.equal(value, second(name, arguments));
            case "lt", "lessthan", "<" -> Operators.compare(value, second(name, arguments), "<") < 0;
            case "le", "<=" -> Operators.compare(value, second(name, arguments), "<=") <= 0;
            case "gt", "greaterthan", ">" -> Operators.compare(value, second(name, arguments), ">") > 0;
            case "ge", ">=" -> Operators.compare(value, second(name, arguments), ">=") >= 0;
            case "in" -> Operators.contains(second(name, arguments), value);
            case "sameas" ->
                value == second(name, arguments)
                        || (!(value instanceof Value.Items)
                                && !(value instanceof Value.Dict)
                                && value.equals(second(name, arguments)));
            case "lower" -> Printer.display(value).equals(Printer.display(value).toLowerCase(Locale.ROOT));
            case "upper" -> Printer.display(value).equals(Printer.display(value).toUpperCase(Locale.ROOT));
            case "filter" -> Filters.NAMES.contains(Printer.display(value));
            case "test" -> NAMES.contains(Printer.display(value));
            default -> throw new TemplateException("no test named '" + name + "'");
        };
    }

    private static boolean isSequence(Value value) {
        return value instanceof Value.Items
                || value instanceof Value.Tuple
                || value instanceof Value.Str
                || value instanceof Value.Dict
                || value instanceof Value.Undefined;
    }

    private static boolean divisible(long value, long divisor) {
        if (divisor == 0) {
            throw new TemplateException("integer modulo by zero");
        }
        return value % divisor == 0;
    }

    private static Value second(String name, List<Value> arguments) {
        if (arguments.size() < 2) {
            throw new TemplateException("the test '" + name + "' needs an argument");
        }
        return arguments.get(1);
    }
}
