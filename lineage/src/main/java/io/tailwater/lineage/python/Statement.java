package io.tailwater.lineage.python;

import io.tailwater.lineage.python.Expression.Argument;
import io.tailwater.lineage.python.Expression.Parameter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A statement as written. */
public sealed interface Statement {
    /** Where it stands. */
    Span span();

    /** An expression on its own. */
    record Evaluate(Span span, Expression value) implements Statement {}

    /** {@code a = b = value}. */
    record Assign(Span span, List<Expression> targets, Expression value) implements Statement {
        public Assign {
            targets = List.copyOf(targets);
        }
    }

    /** {@code target += value}; the operator without its equals sign. */
    record AugmentedAssign(Span span, Expression target, String operator, Expression value) implements Statement {}

    /** {@code target: annotation = value}. */
    record AnnotatedAssign(
            Span span,
            Expression target,
            Expression annotation,
            @Nullable Expression value) implements Statement {}

    /** {@code del targets}. */
    record Delete(Span span, List<Expression> targets) implements Statement {
        public Delete {
            targets = List.copyOf(targets);
        }
    }

    /** {@code return value}. */
    record Return(Span span, @Nullable Expression value) implements Statement {}

    /** {@code raise}. */
    record Raise(
            Span span, @Nullable Expression value, @Nullable Expression cause) implements Statement {}

    /** {@code pass}, {@code break} or {@code continue}. */
    record Simple(Span span, String keyword) implements Statement {}

    /** {@code global} or {@code nonlocal}. */
    record Scope(Span span, String keyword, List<String> names) implements Statement {
        public Scope {
            names = List.copyOf(names);
        }
    }

    /** {@code assert test, message}. */
    record Assert(Span span, Expression test, @Nullable Expression message) implements Statement {}

    /**
     * A name that is imported.
     *
     * @param name dotted name, or {@code *}
     * @param as its name here; null where it keeps its own
     */
    record Alias(String name, @Nullable String as) {}

    /** {@code import names}. */
    record Import(Span span, List<Alias> names) implements Statement {
        public Import {
            names = List.copyOf(names);
        }
    }

    /**
     * {@code from module import names}.
     *
     * @param level dots before the module's name
     * @param module dotted name, empty for dots alone
     */
    record ImportFrom(Span span, int level, String module, List<Alias> names) implements Statement {
        public ImportFrom {
            names = List.copyOf(names);
        }
    }

    /** A test and what runs when it holds. */
    record Branch(Expression test, List<Statement> body) {
        public Branch {
            body = List.copyOf(body);
        }
    }

    /** {@code if}, with its {@code elif}s. */
    record If(Span span, List<Branch> branches, List<Statement> otherwise) implements Statement {
        public If {
            branches = List.copyOf(branches);
            otherwise = List.copyOf(otherwise);
        }
    }

    /** {@code for target in iterable}. */
    record For(Span span, Expression target, Expression iterable, List<Statement> body, List<Statement> otherwise)
            implements Statement {
        public For {
            body = List.copyOf(body);
            otherwise = List.copyOf(otherwise);
        }
    }

    /** {@code while test}. */
    record While(Span span, Expression test, List<Statement> body, List<Statement> otherwise) implements Statement {
        public While {
            body = List.copyOf(body);
            otherwise = List.copyOf(otherwise);
        }
    }

    /** {@code except type as name}. */
    record Handler(@Nullable Expression type, @Nullable String name, List<Statement> body) {
        public Handler {
            body = List.copyOf(body);
        }
    }

    /** {@code try}. */
    record Try(Span span, List<Statement> body, List<Handler> handlers, List<Statement> otherwise, List<Statement> last)
            implements Statement {
        public Try {
            body = List.copyOf(body);
            handlers = List.copyOf(handlers);
            otherwise = List.copyOf(otherwise);
            last = List.copyOf(last);
        }
    }

    /** {@code context as target}. */
    record Context(Expression value, @Nullable Expression target) {}

    /** {@code with contexts}. */
    record With(Span span, List<Context> contexts, List<Statement> body) implements Statement {
        public With {
            contexts = List.copyOf(contexts);
            body = List.copyOf(body);
        }
    }

    /** {@code def}. */
    record Function(
            Span span, String name, List<Parameter> parameters, List<Statement> body, List<Expression> decorators)
            implements Statement {
        public Function {
            parameters = List.copyOf(parameters);
            body = List.copyOf(body);
            decorators = List.copyOf(decorators);
        }
    }

    /** {@code class}. */
    record ClassDefinition(
            Span span, String name, List<Argument> bases, List<Statement> body, List<Expression> decorators)
            implements Statement {
        public ClassDefinition {
            bases = List.copyOf(bases);
            body = List.copyOf(body);
            decorators = List.copyOf(decorators);
        }
    }

    /** {@code match}: the bodies of its cases; patterns are checked for their form and not kept. */
    record Match(Span span, Expression subject, List<List<Statement>> cases) implements Statement {
        public Match {
            cases = cases.stream().map(List::copyOf).toList();
        }
    }

    /** {@code type name = value}. */
    record TypeAlias(Span span, String name, Expression value) implements Statement {}

    /** A statement that could not be read. */
    record Unparsed(Span span, String reason) implements Statement {}
}
