package io.tailwater.lineage.jinja;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Something that has a value. Every node knows its offset in the template. */
sealed interface Expression {
    int offset();

    record Literal(Value value, int offset) implements Expression {}

    record ListDisplay(List<Expression> items, int offset) implements Expression {}

    record TupleDisplay(List<Expression> items, int offset) implements Expression {}

    record DictDisplay(List<Entry> entries, int offset) implements Expression {}

    record Entry(Expression key, Expression value) {}

    record Name(String name, int offset) implements Expression {}

    record Attribute(Expression target, String name, int offset) implements Expression {}

    record Item(Expression target, Expression index, int offset) implements Expression {}

    record Slice(
            Expression target,
            @Nullable Expression start,
            @Nullable Expression stop,
            @Nullable Expression step,
            int offset)
            implements Expression {}

    record Call(Expression target, Arguments arguments, int offset) implements Expression {}

    /** A filter; the target is null at the head of a filter or set block. */
    record Filter(@Nullable Expression target, String name, Arguments arguments, int offset) implements Expression {}

    record Test(Expression target, String name, Arguments arguments, boolean negated, int offset)
            implements Expression {}

    record Unary(String operator, Expression operand, int offset) implements Expression {}

    record Binary(String operator, Expression left, Expression right, int offset) implements Expression {}

    record Concatenation(List<Expression> parts, int offset) implements Expression {}

    record Comparison(Expression first, List<Operand> rest, int offset) implements Expression {}

    record Operand(String operator, Expression expression) {}

    record Both(Expression left, Expression right, int offset) implements Expression {}

    record Either(Expression left, Expression right, int offset) implements Expression {}

    record Not(Expression operand, int offset) implements Expression {}

    record Conditional(
            Expression then, Expression condition, @Nullable Expression otherwise, int offset) implements Expression {}

    record NamedArgument(String name, Expression value) {}

    record Arguments(
            List<Expression> positional,
            List<NamedArgument> named,
            @Nullable Expression varargs,
            @Nullable Expression kwargs) {
        static final Arguments NONE = new Arguments(List.of(), List.of(), null, null);
    }
}
