package io.tailwater.lineage.jinja;

import io.tailwater.lineage.jinja.Expression.Arguments;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Evaluates expressions. An operation on something unknown gives something unknown, with the same reason. */
final class Expressions {
    private static final Set<String> FILTERS_BEARING_UNKNOWN_ARGUMENTS = Set.of("default", "d", "map");

    private final Interpreter interpreter;
    private @Nullable Origin here;

    Expressions(Interpreter interpreter) {
        this.interpreter = interpreter;
    }

    /** The place of the expression evaluated last, for placeholders. */
    Origin here() {
        if (here == null) {
            throw new IllegalStateException("nothing was evaluated yet");
        }
        return here;
    }

    Value evaluate(Expression expression, Frame frame) {
        Origin origin = frame.at(expression.offset());
        here = origin;
        try {
            Value value = interpreter.nested(unused -> value(expression, frame));
            here = origin;
            return value;
        } catch (TemplateException e) {
            throw e.at(origin);
        } catch (ArithmeticException | ClassCastException | IndexOutOfBoundsException e) {
            throw new TemplateException("this operation is not possible: " + e.getMessage(), origin);
        }
    }

    private Value value(Expression expression, Frame frame) {
        return switch (expression) {
            case Expression.Literal literal -> literal.value();
            case Expression.Name name -> name(name.name(), frame);
            case Expression.Attribute attribute -> attribute(evaluate(attribute.target(), frame), attribute.name());
            case Expression.Item item -> item(evaluate(item.target(), frame), evaluate(item.index(), frame));
            case Expression.Slice slice -> slice(slice, frame);
            case Expression.Call call -> call(call, frame);
            case Expression.Filter filter -> filter(filter, evaluateTarget(filter, frame), frame);
            case Expression.Test test -> test(test, frame);
            case Expression.ListDisplay list -> new Value.Items(all(list.items(), frame));
            case Expression.TupleDisplay tuple -> new Value.Tuple(all(tuple.items(), frame));
            case Expression.DictDisplay dict -> dictionary(dict, frame);
            case Expression.Concatenation concatenation -> concatenate(concatenation, frame);
            case Expression.Unary unary -> unary(unary.operator(), evaluate(unary.operand(), frame));
            case Expression.Binary binary ->
                binary(binary.operator(), evaluate(binary.left(), frame), evaluate(binary.right(), frame));
            case Expression.Comparison comparison -> compare(comparison, frame);
            case Expression.Both both -> both(both, frame);
            case Expression.Either either -> either(either, frame);
            case Expression.Not not -> {
                Value operand = evaluate(not.operand(), frame);
                yield operand instanceof Value.Unknown unknown
                        ? unknown.negation()
                        : Value.Bool.of(!Operators.truth(operand));
            }
            case Expression.Conditional conditional -> conditional(conditional, frame);
        };
    }

    private Value evaluateTarget(Expression.Filter filter, Frame frame) {
        if (filter.target() == null) {
            throw new TemplateException("the filter '" + filter.name() + "' has nothing to filter");
        }
        return evaluate(filter.target(), frame);
    }

    Value name(String name, Frame frame) {
        Value value = frame.scope().get(name);
        if (value == null) {
            value = interpreter.globals().lookup(name, frame.template());
        }
        if (value == null) {
            value = Builtins.lookup(name);
        }
        return value == null ? new Value.Undefined(name) : value;
    }

    private List<Value> all(List<Expression> expressions, Frame frame) {
        List<Value> values = new ArrayList<>(expressions.size());
        for (Expression expression : expressions) {
            values.add(evaluate(expression, frame));
        }
        return values;
    }

    private Value dictionary(Expression.DictDisplay display, Frame frame) {
        Value.Dict dict = Value.Dict.empty();
        for (Expression.Entry entry : display.entries()) {
            Value key = evaluate(entry.key(), frame);
            if (key instanceof Value.Unknown) {
                return key;
            }
            dict.entries().put(Operators.key(key), evaluate(entry.value(), frame));
        }
        return dict;
    }

    Value attribute(Value value, String name) {
        Value found = switch (value) {
            case Value.Unknown unknown -> unknown;
            case Value.Undefined undefined -> missing(undefined, name);
            case Value.Host host -> host.attribute(name);
            case Value.Namespace namespace -> namespace.attributes().get(name);
            default -> Methods.of(value, name);
        };
        if (found == null && value instanceof Value.Dict dict) {
            found = dict.get(name);
        }
        return found == null ? noSuch(value, name) : found;
    }

    private static Value noSuch(Value value, String name) {
        return new Value.Undefined(Operators.typeName(value) + " object." + name);
    }

    private Value missing(Value.Undefined undefined, String name) {
        String dotted = undefined.name() + "." + name;
        if (interpreter.globals().missing(dotted) == null) {
            throw new TemplateException("'" + undefined.name() + "' is undefined");
        }
        return new Value.Undefined(dotted);
    }

    Value item(Value value, Value index) {
        if (value instanceof Value.Unknown) {
            return value;
        }
        if (index instanceof Value.Unknown) {
            return index;
        }
        if (value instanceof Value.Dict dict) {
            Value found = dict.entries().get(Operators.key(index));
            if (found != null) {
                return found;
            }
        } else if (index instanceof Value.Int position) {
            Value found = at(value, position.value());
            if (found != null) {
                return found;
            }
        }
        if (index instanceof Value.Str name) {
            return attribute(value, name.value());
        }
        if (value instanceof Value.Undefined undefined) {
            return missing(undefined, Printer.display(index));
        }
        return noSuch(value, Printer.display(index));
    }

    private static @Nullable Value at(Value value, long position) {
        switch (value) {
            case Value.Str string -> {
                String text = string.value();
                long from = position < 0 ? position + text.length() : position;
                return from >= 0 && from < text.length()
                        ? new Value.Str(string.text().slice((int) from, (int) from + 1))
                        : null;
            }
            case Value.Items list -> {
                return at(list.items(), position);
            }
            case Value.Tuple tuple -> {
                return at(tuple.items(), position);
            }
            case Value.Host host
            when host instanceof Iterable<?> -> {
                return at(Operators.iterate(host), position);
            }
            default -> {
                return null;
            }
        }
    }

    private static @Nullable Value at(List<Value> items, long position) {
        long from = position < 0 ? position + items.size() : position;
        return from >= 0 && from < items.size() ? items.get((int) from) : null;
    }

    private Value slice(Expression.Slice slice, Frame frame) {
        Value target = evaluate(slice.target(), frame);
        Value start = slice.start() == null ? null : evaluate(slice.start(), frame);
        Value stop = slice.stop() == null ? null : evaluate(slice.stop(), frame);
        Value step = slice.step() == null ? null : evaluate(slice.step(), frame);
        for (Value value : new Value[] {target, start, stop, step}) {
            if (value instanceof Value.Unknown) {
                return value;
            }
        }
        return Operators.slice(target, start, stop, step);
    }

    private Value call(Expression.Call call, Frame frame) {
        Value target = evaluate(call.target(), frame);
        List<Value> positional = positional(call.arguments(), frame);
        Map<String, Value> named = named(call.arguments(), frame);
        return call(target, positional, named, frame.at(call.offset()));
    }

    Value call(Value target, List<Value> positional, Map<String, Value> named, Origin origin) {
        return switch (target) {
            case Value.Unknown unknown -> unknown;
            case Value.Undefined undefined -> {
                Value missing = interpreter.globals().missing(undefined.name());
                if (missing == null) {
                    throw new TemplateException("'" + undefined.name() + "' is undefined");
                }
                yield missing;
            }
            case Value.Function function -> function.call(new Call(interpreter, positional, named, origin));
            default -> throw new TemplateException("'" + Operators.typeName(target) + "' object is not callable");
        };
    }

    private List<Value> positional(Arguments arguments, Frame frame) {
        List<Value> values = all(arguments.positional(), frame);
        if (arguments.varargs() != null) {
            values.addAll(interpreter.iterate(evaluate(arguments.varargs(), frame)));
        }
        return values;
    }

    private Map<String, Value> named(Arguments arguments, Frame frame) {
        Map<String, Value> values = new LinkedHashMap<>();
        for (Expression.NamedArgument argument : arguments.named()) {
            values.put(argument.name(), evaluate(argument.value(), frame));
        }
        if (arguments.kwargs() != null) {
            Value kwargs = evaluate(arguments.kwargs(), frame);
            if (!(kwargs instanceof Value.Unknown)) {
                Methods.pairs(kwargs).forEach((key, value) -> values.put(Printer.display(key), value));
            }
        }
        return values;
    }

    Value filter(Expression.Filter filter, Value target, Frame frame) {
        List<Value> arguments = new ArrayList<>(List.of(target));
        arguments.addAll(positional(filter.arguments(), frame));
        return filter(filter.name(), arguments, named(filter.arguments(), frame), frame.at(filter.offset()));
    }

    /** A chain of filters whose innermost target is the given value. */
    Value filterChain(Expression.Filter filter, Value innermost, Frame frame) {
        Value target =
                filter.target() instanceof Expression.Filter inner ? filterChain(inner, innermost, frame) : innermost;
        return filter(filter, target, frame);
    }

    Value filter(String name, List<Value> arguments, Map<String, Value> named, Origin origin) {
        if (!Filters.NAMES.contains(name)) {
            throw new TemplateException("no filter named '" + name + "'");
        }
        Value target = arguments.get(0);
        if (target instanceof Value.Unknown) {
            return target;
        }
        if (target instanceof Value.Str string
                && Interpreter.hasPlaceholder(string)
                && (name.equals("int") || name.equals("float") || name.equals("length") || name.equals("count"))) {
            return interpreter.taint(string);
        }
        if (!FILTERS_BEARING_UNKNOWN_ARGUMENTS.contains(name)) {
            for (Value argument : arguments) {
                if (argument instanceof Value.Unknown) {
                    return argument;
                }
            }
            for (Value argument : named.values()) {
                if (argument instanceof Value.Unknown) {
                    return argument;
                }
            }
        }
        return Filters.apply(name, new Call(interpreter, arguments, named, origin));
    }

    private Value test(Expression.Test test, Frame frame) {
        List<Value> arguments = new ArrayList<>();
        arguments.add(evaluate(test.target(), frame));
        arguments.addAll(positional(test.arguments(), frame));
        Value result = test(test.name(), arguments, named(test.arguments(), frame));
        if (!test.negated()) {
            return result;
        }
        return result instanceof Value.Unknown unknown ? unknown.negation() : Value.Bool.of(!Operators.truth(result));
    }

    Value test(String name, List<Value> arguments, Map<String, Value> named) {
        boolean aboutBeing = name.equals("defined") || name.equals("undefined");
        List<Value> all = new ArrayList<>(arguments);
        all.addAll(named.values());
        for (Value argument : all) {
            if (!aboutBeing && argument instanceof Value.Unknown) {
                return argument;
            }
        }
        return Value.Bool.of(Tests.holds(name, all));
    }

    private Value concatenate(Expression.Concatenation concatenation, Frame frame) {
        return interpreter.join(Value.Str.of(""), all(concatenation.parts(), frame));
    }

    private static Value unary(String operator, Value operand) {
        if (operand instanceof Value.Unknown) {
            return operand;
        }
        return operator.equals("-") ? Operators.negate(operand) : operand;
    }

    private Value binary(String operator, Value left, Value right) {
        if (operator.equals("%") && left instanceof Value.Str template) {
            if (right instanceof Value.Unknown) {
                return right;
            }
            chargeAll(template.value().length());
            return Value.Str.of(Formats.percent(template.value(), shown(right)));
        }
        if (left instanceof Value.Str && right instanceof Value.Unknown && operator.equals("+")) {
            return interpreter.join(Value.Str.of(""), List.of(left, right));
        }
        if (left instanceof Value.Unknown && right instanceof Value.Str && operator.equals("+")) {
            return interpreter.join(Value.Str.of(""), List.of(left, right));
        }
        if (left instanceof Value.Unknown) {
            return left;
        }
        if (right instanceof Value.Unknown) {
            return right;
        }
        if (operator.equals("*")) {
            chargeAll(Operators.repeatedSize(left, right));
        } else if (left instanceof Value.Str string) {
            chargeAll(string.value().length());
        } else if (left instanceof Value.Items list) {
            interpreter.charge(list.items().size());
        }
        return Operators.arithmetic(operator, left, right);
    }

    /** Tuples of format arguments with placeholders for what is unknown. */
    private Value shown(Value arguments) {
        if (arguments instanceof Value.Tuple tuple) {
            return new Value.Tuple(tuple.items().stream()
                    .map(item -> Interpreter.unknownWithin(item, 0) == null ? item : interpreter.displayed(item))
                    .toList());
        }
        return arguments;
    }

    private void chargeAll(long size) {
        interpreter.chargeCharacters(size);
    }

    private Value compare(Expression.Comparison comparison, Frame frame) {
        Value left = evaluate(comparison.first(), frame);
        for (Expression.Operand operand : comparison.rest()) {
            Value right = evaluate(operand.expression(), frame);
            Value result = compare(operand.operator(), left, right);
            if (result instanceof Value.Unknown || !Operators.truth(result)) {
                return result;
            }
            left = right;
        }
        return Value.Bool.TRUE;
    }

    private Value compare(String operator, Value left, Value right) {
        boolean membership = operator.equals("in") || operator.equals("not in");
        Value.Unknown unknown = unknown(left);
        if (unknown == null) {
            unknown = unknown(right);
        }
        if (unknown != null) {
            return operator.equals("!=") || operator.equals("not in") ? unknown.negation() : unknown;
        }
        if (membership) {
            boolean found = Operators.contains(right, left);
            Value.Unknown among = found ? null : Interpreter.unknownWithin(right, 0);
            return among != null ? among : Value.Bool.of(found == operator.equals("in"));
        }
        return Value.Bool.of(
                switch (operator) {
                    case "==" -> Operators.equal(left, right);
                    case "!=" -> !Operators.equal(left, right);
                    case "<" -> Operators.compare(left, right, operator) < 0;
                    case "<=" -> Operators.compare(left, right, operator) <= 0;
                    case ">" -> Operators.compare(left, right, operator) > 0;
                    case ">=" -> Operators.compare(left, right, operator) >= 0;
                    default -> throw new IllegalStateException("no comparison " + operator);
                });
    }

    private Value.@Nullable Unknown unknown(Value value) {
        if (value instanceof Value.Unknown unknown) {
            return unknown;
        }
        return value instanceof Value.Str string && Interpreter.hasPlaceholder(string)
                ? interpreter.taint(string)
                : null;
    }

    private Value both(Expression.Both both, Frame frame) {
        Value left = evaluate(both.left(), frame);
        if (left instanceof Value.Unknown) {
            Value right = evaluate(both.right(), frame);
            return !(right instanceof Value.Unknown) && !Operators.truth(right) ? right : left;
        }
        return Operators.truth(left) ? evaluate(both.right(), frame) : left;
    }

    private Value either(Expression.Either either, Frame frame) {
        Value left = evaluate(either.left(), frame);
        if (left instanceof Value.Unknown) {
            Value right = evaluate(either.right(), frame);
            return !(right instanceof Value.Unknown) && Operators.truth(right) ? right : left;
        }
        return Operators.truth(left) ? left : evaluate(either.right(), frame);
    }

    private Value conditional(Expression.Conditional conditional, Frame frame) {
        Value condition = evaluate(conditional.condition(), frame);
        if (interpreter.truth(condition, frame.at(conditional.offset()))) {
            return evaluate(conditional.then(), frame);
        }
        return conditional.otherwise() == null
                ? new Value.Undefined("the inline if expression")
                : evaluate(conditional.otherwise(), frame);
    }
}
