package io.tailwater.lineage.python;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** An expression as written. Chains of operators are flat lists; the tree is no deeper than the nesting of the text. */
public sealed interface Expression {
    /** Where it stands. */
    Span span();

    /** A variable. */
    record Name(Span span, String id) implements Expression {}

    /** What a {@link Constant} is. */
    enum ConstantKind {
        /** A number; the text is what was written. */
        NUMBER,
        /** {@code True}. */
        TRUE,
        /** {@code False}. */
        FALSE,
        /** {@code None}. */
        NONE,
        /** {@code ...}. */
        ELLIPSIS
    }

    /** A constant that is no string. */
    record Constant(Span span, ConstantKind kind, String text) implements Expression {}

    /**
     * One or several strings side by side.
     *
     * @param bytes whether it is a bytes literal
     */
    record Text(Span span, boolean bytes, List<TextPart> parts) implements Expression {
        public Text {
            parts = List.copyOf(parts);
        }
    }

    /** What kind of collection is written. */
    enum SequenceKind {
        /** {@code (a, b)}. */
        TUPLE,
        /** {@code [a, b]}. */
        LIST,
        /** <code>{a, b}</code>. */
        SET
    }

    /** Elements side by side. */
    record Sequence(Span span, SequenceKind kind, List<Expression> elements) implements Expression {
        public Sequence {
            elements = List.copyOf(elements);
        }
    }

    /**
     * An entry of a dictionary.
     *
     * @param key null for {@code **value}
     */
    record Entry(@Nullable Expression key, Expression value) {}

    /** A dictionary. */
    record Dictionary(Span span, List<Entry> entries) implements Expression {
        public Dictionary {
            entries = List.copyOf(entries);
        }
    }

    /** {@code for target in iterable if conditions}. */
    record Generator(Expression target, Expression iterable, List<Expression> conditions) {
        public Generator {
            conditions = List.copyOf(conditions);
        }
    }

    /** What a comprehension makes. */
    enum ComprehensionKind {
        /** A list. */
        LIST,
        /** A set. */
        SET,
        /** A dictionary. */
        DICTIONARY,
        /** A generator. */
        GENERATOR
    }

    /**
     * A comprehension.
     *
     * @param element the element, or the key of an entry
     * @param value the value of an entry; null where no dictionary is made
     */
    record Comprehension(
            Span span,
            ComprehensionKind kind,
            Expression element,
            @Nullable Expression value,
            List<Generator> generators)
            implements Expression {
        public Comprehension {
            generators = List.copyOf(generators);
        }
    }

    /** {@code target.name}. */
    record Attribute(Span span, Expression target, String name) implements Expression {}

    /** {@code target[index]}. */
    record Subscript(Span span, Expression target, Expression index) implements Expression {}

    /** {@code lower:upper:step}. */
    record Slice(
            Span span,
            @Nullable Expression lower,
            @Nullable Expression upper,
            @Nullable Expression step) implements Expression {}

    /**
     * An argument of a call.
     *
     * @param name its name; null if it has none
     * @param stars 1 for {@code *value}, 2 for {@code **value}, else 0
     */
    record Argument(@Nullable String name, int stars, Expression value) {}

    /** {@code function(arguments)}. */
    record Call(Span span, Expression function, List<Argument> arguments) implements Expression {
        public Call {
            arguments = List.copyOf(arguments);
        }
    }

    /** Operands with arithmetic or bitwise operators of one precedence between them, read from the left. */
    record Operation(Span span, List<Expression> operands, List<String> operators) implements Expression {
        public Operation {
            operands = List.copyOf(operands);
            operators = List.copyOf(operators);
        }
    }

    /** {@code -x}, {@code +x}, {@code ~x} or {@code not x}. */
    record Unary(Span span, String operator, Expression operand) implements Expression {}

    /** Operands joined by {@code and} or by {@code or}. */
    record Logical(Span span, String operator, List<Expression> operands) implements Expression {
        public Logical {
            operands = List.copyOf(operands);
        }
    }

    /** A chain of comparisons, with {@code not in} and {@code is not} as one operator. */
    record Comparison(Span span, List<Expression> operands, List<String> operators) implements Expression {
        public Comparison {
            operands = List.copyOf(operands);
            operators = List.copyOf(operators);
        }
    }

    /** {@code then if test else otherwise}. */
    record Conditional(Span span, Expression test, Expression then, Expression otherwise) implements Expression {}

    /** {@code lambda parameters: body}. */
    record Lambda(Span span, List<Parameter> parameters, Expression body) implements Expression {
        public Lambda {
            parameters = List.copyOf(parameters);
        }
    }

    /** {@code await value}. */
    record Await(Span span, Expression value) implements Expression {}

    /** {@code yield value} or {@code yield from value}. */
    record Yield(Span span, boolean from, @Nullable Expression value) implements Expression {}

    /** {@code name := value}. */
    record Walrus(Span span, Expression target, Expression value) implements Expression {}

    /** {@code *value} among elements or targets. */
    record Starred(Span span, Expression value) implements Expression {}

    /**
     * A parameter of a function.
     *
     * @param stars 1 for {@code *name}, 2 for {@code **name}, else 0; a bare {@code *} or {@code /} is left out
     * @param keywordOnly whether it stands after a star
     * @param annotation its type; null without one
     * @param defaultValue its default; null without one
     */
    record Parameter(
            String name,
            int stars,
            boolean keywordOnly,
            @Nullable Expression annotation,
            @Nullable Expression defaultValue) {}
}
