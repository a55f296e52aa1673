package io.tailwater.lineage.project.python;

import io.tailwater.lineage.graph.SourceLocation;
import io.tailwater.lineage.project.python.Value.Called;
import io.tailwater.lineage.project.python.Value.Choice;
import io.tailwater.lineage.project.python.Value.External;
import io.tailwater.lineage.project.python.Value.Items;
import io.tailwater.lineage.project.python.Value.Mapping;
import io.tailwater.lineage.project.python.Value.Member;
import io.tailwater.lineage.project.python.Value.Plain;
import io.tailwater.lineage.project.python.Value.Run;
import io.tailwater.lineage.project.python.Value.Text;
import io.tailwater.lineage.project.python.Value.Unknown;
import io.tailwater.lineage.python.Expression;
import io.tailwater.lineage.python.Expression.Argument;
import io.tailwater.lineage.python.Expression.Generator;
import io.tailwater.lineage.python.Expression.Parameter;
import io.tailwater.lineage.python.PythonModule;
import io.tailwater.lineage.python.Span;
import io.tailwater.lineage.python.Statement;
import io.tailwater.lineage.python.TextPart;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Follows Python as far as constants go. Nothing is executed: a call of anything outside of the repository stays a symbol
 * of the call. Where only a run decides between branches, all of them are followed and what they leave different is a
 * {@link Choice}; what a loop over unknown elements does is followed once. Steps, depth, loops and choices are bounded.
 */
final class Interpreter {
    private static final int MOST_STEPS = 300_000;
    private static final int DEEPEST = 400;
    private static final int MOST_CALLS = 30;
    private static final int MOST_ROUNDS = 300;
    private static final int MOST_CHOICES = 4;
    private static final int LONGEST_TEXT = 1_000_000;

    /** Is told of what happens, in order. */
    interface Listener {
        /** A call that is not followed. */
        void called(Called call);

        /** A function that decorators are put on. */
        default void decorated(Value.Callable function, List<Value> decorators) {}

        /** A context that a block is entered with; gives what its target stands for. */
        default Value entered(Value context) {
            return context;
        }
    }

    /** Too much to follow. */
    static final class Exhausted extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Exhausted(String reason) {
            super(reason, null, false, false);
        }

        String reason() {
            return String.valueOf(getMessage());
        }
    }

    private final Modules modules;
    private final Listener listener;
    private final Map<String, Environment> loaded = new HashMap<>();
    private final Set<Statement.Function> followed = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Builtins builtins = new Builtins(this);
    private int steps;
    private int depth;
    private int calls;
    private int loading;

    /** What a function has given so far. */
    private static final class Frame {
        final List<Value> returned = new ArrayList<>();
    }

    private Frame frame = new Frame();

    Interpreter(Modules modules, Listener listener) {
        this.modules = modules;
        this.listener = listener;
    }

    /** Follows a file from its first statement to its last; null if it has no text. */
    @Nullable
    Environment run(String path) {
        PythonModule module = modules.parse(path);
        if (module == null) {
            return null;
        }
        Environment environment = new Environment(path, null);
        environment.set("__name__", Text.of("__main__", SourceLocation.of(path, 1)));
        loaded.put(path, environment);
        block(module.statements(), environment);
        return environment;
    }

    /** Follows the functions of a file that nothing called so far, with arguments that only a run tells. */
    void runUncalled(Environment environment) {
        for (Value value : List.copyOf(environment.names.values())) {
            if (value instanceof Value.Callable function
                    && function.closure().path.equals(environment.path)) {
                runUncalled(function);
            } else if (value instanceof Value.Type type && type.body().path.equals(environment.path)) {
                Value.Instance self = new Value.Instance(type, new HashMap<>());
                type.body().names.values().stream().toList().forEach(member -> {
                    if (member instanceof Value.Callable method) {
                        runUncalled(new Value.Callable(method.definition(), method.closure(), self));
                    }
                });
            }
        }
    }

    private void runUncalled(Value.Callable function) {
        if (!followed.contains(function.definition())) {
            apply(
                    function,
                    List.of(),
                    Map.of(),
                    at(function.closure(), function.definition().span()));
        }
    }

    static SourceLocation at(Environment environment, Span span) {
        return SourceLocation.of(environment.path, span.line());
    }

    private void step() {
        if (++steps > MOST_STEPS) {
            throw new Exhausted("following the file takes more than " + MOST_STEPS + " steps");
        }
    }

    /** Follows statements; whether what stands behind them is not reached. */
    private boolean block(List<Statement> statements, Environment environment) {
        for (Statement statement : statements) {
            step();
            if (statement(statement, environment)) {
                return true;
            }
        }
        return false;
    }

    private boolean statement(Statement statement, Environment environment) {
        switch (statement) {
            case Statement.Evaluate evaluate -> value(evaluate.value(), environment);
            case Statement.Assign assign -> {
                Value value = value(assign.value(), environment);
                assign.targets().forEach(target -> assign(target, value, environment));
            }
            case Statement.AugmentedAssign augmented -> {
                Value before = value(augmented.target(), environment);
                Value right = value(augmented.value(), environment);
                Value after = builtins.operate(augmented.operator(), before, right, at(environment, augmented.span()));
                assign(augmented.target(), after, environment);
            }
            case Statement.AnnotatedAssign annotated -> {
                Expression value = annotated.value();
                if (value != null) {
                    assign(annotated.target(), value(value, environment), environment);
                }
            }
            case Statement.Return returned -> {
                Expression value = returned.value();
                frame.returned.add(value == null ? Value.NONE : value(value, environment));
                return true;
            }
            case Statement.Raise raise -> {
                return true;
            }
            case Statement.Simple simple -> {
                return !simple.keyword().equals("pass");
            }
            case Statement.Scope scope -> environment.global.addAll(scope.names());
            case Statement.Import imported -> imported.names().forEach(name -> importModule(name, environment));
            case Statement.ImportFrom imported -> importFrom(imported, environment);
            case Statement.If branching -> {
                return branch(branching, environment);
            }
            case Statement.For loop -> loop(loop, environment);
            case Statement.While loop -> {
                value(loop.test(), environment);
                either(List.of(inside -> block(loop.body(), inside), inside -> false), environment);
            }
            case Statement.Try trying -> {
                boolean stopped = block(trying.body(), environment);
                stopped = stopped || block(trying.otherwise(), environment);
                return block(trying.last(), environment)
                        || stopped && trying.handlers().isEmpty();
            }
            case Statement.With with -> {
                for (Statement.Context context : with.contexts()) {
                    Value entered = listener.entered(value(context.value(), environment));
                    Expression target = context.target();
                    if (target != null) {
                        assign(target, entered, environment);
                    }
                }
                return block(with.body(), environment);
            }
            case Statement.Function function -> define(function, environment);
            case Statement.ClassDefinition definition -> define(definition, environment);
            case Statement.Match match -> {
                value(match.subject(), environment);
                List<Function<Environment, Boolean>> cases = new ArrayList<>();
                match.cases().forEach(body -> cases.add(inside -> block(body, inside)));
                either(cases, environment);
            }
            case Statement.Delete delete -> {}
            case Statement.Assert assertion -> {}
            case Statement.TypeAlias alias -> {}
            case Statement.Unparsed unparsed -> {}
        }
        return false;
    }

    private void define(Statement.Function function, Environment environment) {
        Value.Callable callable = new Value.Callable(function, environment, null);
        environment.set(function.name(), callable);
        if (!function.decorators().isEmpty()) {
            List<Value> decorators = function.decorators().stream()
                    .map(decorator -> value(decorator, environment))
                    .toList();
            boolean property = function.decorators().stream()
                    .anyMatch(each ->
                            each instanceof Expression.Name name && name.id().equals("property"));
            if (property) {
                followed.add(function);
            }
            if (loading == 0) {
                listener.decorated(callable, decorators);
            }
        }
    }

    private void define(Statement.ClassDefinition definition, Environment environment) {
        List<Value> bases = definition.bases().stream()
                .filter(base -> base.name() == null && base.stars() == 0)
                .map(base -> value(base.value(), environment))
                .toList();
        Environment body = new Environment(environment.path, environment);
        block(definition.body(), body);
        environment.set(definition.name(), new Value.Type(definition, body, bases));
    }

    private void importModule(Statement.Alias alias, Environment environment) {
        String as = alias.as();
        String first = alias.name().split("\\.", 2)[0];
        if (as != null) {
            environment.set(as, module(environment.path, 0, alias.name()));
        } else if (!alias.name().contains(".")) {
            environment.set(first, module(environment.path, 0, first));
        } else {
            // 'import a.b' names a; what a.b is, is looked up when it is asked for
            if (modules.find(environment.path, 0, alias.name()) != null) {
                environment.set(alias.name(), module(environment.path, 0, alias.name()));
            }
            environment.set(first, new External(first));
        }
    }

    private Value module(String from, int level, String name) {
        String path = modules.find(from, level, name);
        if (path == null) {
            return new External(name);
        }
        Environment body = load(path);
        return body == null ? new External(name) : new Value.Module(body);
    }

    private @Nullable Environment load(String path) {
        Environment known = loaded.get(path);
        if (known != null) {
            return known;
        }
        PythonModule module = modules.parse(path);
        if (module == null || loading >= MOST_CALLS) {
            return null;
        }
        Environment environment = new Environment(path, null);
        environment.set("__name__", Text.of("module", SourceLocation.of(path, 1)));
        loaded.put(path, environment);
        Frame before = frame;
        frame = new Frame();
        loading++;
        try {
            block(module.statements(), environment);
        } finally {
            loading--;
            frame = before;
        }
        return environment;
    }

    private void importFrom(Statement.ImportFrom imported, Environment environment) {
        String path = modules.find(environment.path, imported.level(), imported.module());
        Environment body = path == null || path.equals(environment.path) ? null : load(path);
        for (Statement.Alias alias : imported.names()) {
            if (alias.name().equals("*")) {
                if (body != null) {
                    body.names.forEach((name, value) -> {
                        if (!name.startsWith("_")) {
                            environment.set(name, value);
                        }
                    });
                } else {
                    environment.set("*" + imported.module(), new External(imported.module()));
                }
                continue;
            }
            String as = alias.as();
            Value found = body == null ? null : body.names.get(alias.name());
            if (found == null) {
                String whole = imported.module().isEmpty() ? alias.name() : imported.module() + "." + alias.name();
                found = module(environment.path, imported.level(), whole);
            }
            environment.set(as == null ? alias.name() : as, found);
        }
    }

    private boolean branch(Statement.If branching, Environment environment) {
        List<Function<Environment, Boolean>> open = new ArrayList<>();
        for (Statement.Branch branch : branching.branches()) {
            Boolean truth = Builtins.truth(value(branch.test(), environment));
            if (Boolean.TRUE.equals(truth)) {
                open.add(inside -> block(branch.body(), inside));
                return either(open, environment);
            }
            if (truth == null) {
                open.add(inside -> block(branch.body(), inside));
            }
        }
        open.add(inside -> block(branching.otherwise(), inside));
        return either(open, environment);
    }

    /** Follows several ways from the same state; what they leave different is a choice. */
    private boolean either(List<Function<Environment, Boolean>> ways, Environment environment) {
        if (ways.size() == 1) {
            return ways.getFirst().apply(environment);
        }
        Map<String, Value> before = environment.names;
        List<Map<String, Value>> after = new ArrayList<>();
        for (Function<Environment, Boolean> way : ways) {
            environment.names = new HashMap<>(before);
            if (!way.apply(environment)) {
                after.add(environment.names);
            }
        }
        environment.names = before;
        Set<String> names = new HashSet<>();
        after.forEach(each -> names.addAll(each.keySet()));
        for (String name : names) {
            List<Value> values = new ArrayList<>();
            for (Map<String, Value> each : after) {
                Value value = each.get(name);
                if (value != null) {
                    add(values, value);
                }
            }
            before.put(name, choice(values, name, SourceLocation.of(environment.path, 1)));
        }
        return after.isEmpty();
    }

    private static void add(List<Value> values, Value added) {
        List<Value> each = added instanceof Choice choice ? choice.values() : List.of(added);
        for (Value value : each) {
            if (values.stream().noneMatch(known -> same(known, value))) {
                values.add(value);
            }
        }
    }

    private static boolean same(Value one, Value other) {
        return one == other
                || one instanceof Plain && one.equals(other)
                || one instanceof Text left
                        && other instanceof Text right
                        && left.known() != null
                        && left.shown().equals(right.shown());
    }

    private static Value choice(List<Value> values, String name, SourceLocation at) {
        if (values.size() == 1) {
            return values.getFirst();
        }
        return values.isEmpty() || values.size() > MOST_CHOICES ? new Unknown(name, at) : new Choice(values);
    }

    private void loop(Statement.For loop, Environment environment) {
        Value iterable = value(loop.iterable(), environment);
        List<Value> elements = Builtins.elements(iterable);
        if (elements == null) {
            assign(loop.target(), new Unknown(nameOf(loop.target()), at(environment, loop.span())), environment);
            either(List.of(inside -> block(loop.body(), inside) && false, inside -> false), environment);
            return;
        }
        if (elements.size() > MOST_ROUNDS) {
            throw new Exhausted("a loop goes over more than " + MOST_ROUNDS + " elements");
        }
        for (Value element : List.copyOf(elements)) {
            assign(loop.target(), element, environment);
            block(loop.body(), environment);
        }
        block(loop.otherwise(), environment);
    }

    private static String nameOf(Expression target) {
        return target instanceof Expression.Name name ? name.id() : "element";
    }

    private void assign(Expression target, Value value, Environment environment) {
        switch (target) {
            case Expression.Name name -> environment.set(name.id(), value);
            case Expression.Sequence sequence -> {
                List<Value> elements = Builtins.elements(value);
                for (int i = 0; i < sequence.elements().size(); i++) {
                    Expression each = sequence.elements().get(i);
                    boolean known = elements != null
                            && elements.size() == sequence.elements().size();
                    Value element = known && elements != null
                            ? elements.get(i)
                            : new Unknown(nameOf(each), at(environment, sequence.span()));
                    assign(each instanceof Expression.Starred starred ? starred.value() : each, element, environment);
                }
            }
            case Expression.Attribute attribute -> {
                if (value(attribute.target(), environment) instanceof Value.Instance instance) {
                    instance.fields().put(attribute.name(), value);
                }
            }
            case Expression.Subscript subscript -> {
                Value container = value(subscript.target(), environment);
                Value index = value(subscript.index(), environment);
                builtins.store(container, index, value);
                if (subscript.target() instanceof Expression.Name name && isSymbol(container)) {
                    // df["a"] = … of pandas: the name stands for the frame with the column from now on
                    environment.set(
                            name.id(),
                            new Called(
                                    new Member(container, "__setitem__", at(environment, subscript.span())),
                                    List.of(index, value),
                                    Map.of(),
                                    at(environment, subscript.span())));
                }
            }
            default -> {}
        }
    }

    private static boolean isSymbol(Value value) {
        return value instanceof Called || value instanceof Member || value instanceof Value.Indexed;
    }

    /** What an expression is. */
    Value value(Expression expression, Environment environment) {
        step();
        if (++depth > DEEPEST) {
            depth--;
            return new Unknown("value", at(environment, expression.span()));
        }
        try {
            return evaluate(expression, environment);
        } finally {
            depth--;
        }
    }

    private Value evaluate(Expression expression, Environment environment) {
        SourceLocation at = at(environment, expression.span());
        return switch (expression) {
            case Expression.Name name -> name(name.id(), environment, at);
            case Expression.Constant constant -> Builtins.constant(constant, at);
            case Expression.Text text -> text(text, environment);
            case Expression.Sequence sequence -> {
                List<Value> values = new ArrayList<>();
                boolean open = false;
                for (Expression element : sequence.elements()) {
                    if (element instanceof Expression.Starred starred) {
                        List<Value> inner = Builtins.elements(value(starred.value(), environment));
                        open |= inner == null;
                        values.addAll(inner == null ? List.of() : inner);
                    } else {
                        values.add(value(element, environment));
                    }
                }
                yield open ? new Unknown("elements", at) : Items.of(values);
            }
            case Expression.Dictionary dictionary -> dictionary(dictionary, environment, at);
            case Expression.Comprehension comprehension -> comprehension(comprehension, environment, at);
            case Expression.Attribute attribute -> member(value(attribute.target(), environment), attribute.name(), at);
            case Expression.Subscript subscript ->
                builtins.index(
                        value(subscript.target(), environment),
                        subscript.index(),
                        inner -> value(inner, environment),
                        at);
            case Expression.Slice slice -> new Unknown("slice", at);
            case Expression.Call call -> call(call, environment, at);
            case Expression.Operation operation -> {
                Value left = value(operation.operands().getFirst(), environment);
                for (int i = 0; i < operation.operators().size(); i++) {
                    Value right = value(operation.operands().get(i + 1), environment);
                    left = builtins.operate(operation.operators().get(i), left, right, at);
                }
                yield left;
            }
            case Expression.Unary unary -> builtins.unary(unary.operator(), value(unary.operand(), environment), at);
            case Expression.Logical logical -> logical(logical, environment, at);
            case Expression.Comparison comparison -> comparison(comparison, environment, at);
            case Expression.Conditional conditional -> {
                Boolean truth = Builtins.truth(value(conditional.test(), environment));
                if (truth != null) {
                    yield value(truth ? conditional.then() : conditional.otherwise(), environment);
                }
                List<Value> values = new ArrayList<>();
                add(values, value(conditional.then(), environment));
                add(values, value(conditional.otherwise(), environment));
                yield choice(values, "value", at);
            }
            case Expression.Lambda lambda -> new Value.Anonymous(lambda, environment);
            case Expression.Await await -> value(await.value(), environment);
            case Expression.Yield yielded -> {
                Expression inner = yielded.value();
                if (inner != null) {
                    frame.returned.add(value(inner, environment));
                }
                yield new Unknown("yield", at);
            }
            case Expression.Walrus walrus -> {
                Value value = value(walrus.value(), environment);
                assign(walrus.target(), value, environment);
                yield value;
            }
            case Expression.Starred starred -> value(starred.value(), environment);
        };
    }

    private Value name(String id, Environment environment, SourceLocation at) {
        Value known = environment.find(id);
        if (known != null) {
            return known;
        }
        if (Builtins.NAMES.contains(id)) {
            return new External(id);
        }
        String module = importedAll(id, environment);
        if (module != null) {
            return new External(module + "." + id);
        }
        return new Unknown(id, at);
    }

    /**
     * The module outside of the repository that a name comes from by {@code import *}: names of functions and of classes
     * are told apart by their first letter where there are several.
     */
    private static @Nullable String importedAll(String id, Environment environment) {
        String found = null;
        for (Environment each = environment; each != null; each = each.outer) {
            for (String name : each.names.keySet()) {
                boolean fits = name.endsWith("functions") == Character.isLowerCase(id.charAt(0));
                if (name.startsWith("*") && (found == null || fits)) {
                    found = name.substring(1);
                }
            }
        }
        return found;
    }

    private Value text(Expression.Text text, Environment environment) {
        List<Run> runs = new ArrayList<>();
        parts(text.parts(), environment, runs);
        return new Text(runs);
    }

    private void parts(List<TextPart> parts, Environment environment, List<Run> runs) {
        int length = 0;
        for (TextPart part : parts) {
            SourceLocation at = at(environment, part.span());
            switch (part) {
                case TextPart.Literal literal -> runs.add(new Run(literal.value(), at, false));
                case TextPart.Replacement field -> {
                    Value value = value(field.value(), environment);
                    boolean plain = field.format() == null
                            && field.written() == null
                            && !field.conversion().equals("r");
                    Text shown = plain ? Value.asText(value, at) : Value.gap(Value.word(value), at);
                    runs.addAll(shown.runs());
                }
            }
            length += runs.isEmpty() ? 0 : runs.getLast().text().length();
            if (length > LONGEST_TEXT) {
                throw new Exhausted("a string becomes longer than " + LONGEST_TEXT + " characters");
            }
        }
    }

    private Value dictionary(Expression.Dictionary dictionary, Environment environment, SourceLocation at) {
        Mapping mapping = Mapping.empty();
        for (Expression.Entry entry : dictionary.entries()) {
            Expression key = entry.key();
            Value value = value(entry.value(), environment);
            if (key == null) {
                if (value instanceof Mapping other) {
                    mapping.entries().putAll(other.entries());
                } else {
                    mapping.entries().put(new Object(), new Unknown("entries", at));
                }
            } else {
                mapping.entries().put(Builtins.key(value(key, environment)), value);
            }
        }
        return mapping;
    }

    private Value comprehension(Expression.Comprehension comprehension, Environment environment, SourceLocation at) {
        Environment inside = new Environment(environment.path, environment);
        List<Value> values = new ArrayList<>();
        Mapping mapping = Mapping.empty();
        boolean known = generate(comprehension.generators(), 0, inside, () -> {
            Value element = value(comprehension.element(), inside);
            Expression entry = comprehension.value();
            if (entry == null) {
                values.add(element);
            } else {
                mapping.entries().put(Builtins.key(element), value(entry, inside));
            }
        });
        if (!known) {
            return new Unknown("elements", at);
        }
        return comprehension.value() == null ? Items.of(values) : mapping;
    }

    private boolean generate(List<Generator> generators, int index, Environment inside, Runnable element) {
        if (index == generators.size()) {
            element.run();
            return true;
        }
        Generator generator = generators.get(index);
        List<Value> elements = Builtins.elements(value(generator.iterable(), inside));
        if (elements == null || elements.size() > 10 * MOST_ROUNDS) {
            return false;
        }
        for (Value each : List.copyOf(elements)) {
            assign(generator.target(), each, inside);
            Boolean holds = true;
            for (Expression condition : generator.conditions()) {
                Boolean truth = Builtins.truth(value(condition, inside));
                if (truth == null) {
                    return false;
                }
                holds &= truth;
            }
            if (holds && !generate(generators, index + 1, inside, element)) {
                return false;
            }
        }
        return true;
    }

    private Value logical(Expression.Logical logical, Environment environment, SourceLocation at) {
        boolean or = logical.operator().equals("or");
        List<Value> open = new ArrayList<>();
        for (Expression operand : logical.operands()) {
            Value value = value(operand, environment);
            Boolean truth = Builtins.truth(value);
            if (truth == null) {
                add(open, value);
            } else if (truth == or) {
                add(open, value);
                return choice(open, "value", at);
            } else if (operand == logical.operands().getLast()) {
                add(open, value);
            }
        }
        return choice(open, "value", at);
    }

    private Value comparison(Expression.Comparison comparison, Environment environment, SourceLocation at) {
        Value left = value(comparison.operands().getFirst(), environment);
        Value result = left;
        for (int i = 0; i < comparison.operators().size(); i++) {
            Value right = value(comparison.operands().get(i + 1), environment);
            result = builtins.compare(comparison.operators().get(i), left, right, at);
            if (Boolean.FALSE.equals(Builtins.truth(result))) {
                return result;
            }
            left = right;
        }
        return result;
    }

    /** A member of a value. */
    Value member(Value target, String name, SourceLocation at) {
        return switch (target) {
            case Value.Module module -> {
                Value found = module.body().names.get(name);
                if (found == null) {
                    String folder = Modules.folder(module.body().path);
                    found = module(folder + "/__init__.py", 1, name);
                }
                yield found;
            }
            case External external -> {
                Value imported = new External(external.name() + "." + name);
                Environment body = submodule(external.name() + "." + name);
                yield body == null ? imported : new Value.Module(body);
            }
            case Value.Instance instance -> {
                Value field = instance.fields().get(name);
                yield field != null ? field : ofType(instance.type(), name, instance, at);
            }
            case Value.Type type -> ofType(type, name, null, at);
            case Choice choice -> {
                List<Value> values = new ArrayList<>();
                choice.values().forEach(each -> add(values, member(each, name, at)));
                yield choice(values, name, at);
            }
            default -> new Member(target, name, at);
        };
    }

    private @Nullable Environment submodule(String name) {
        for (Environment each : List.copyOf(loaded.values())) {
            if (each.names.get(name) instanceof Value.Module module) {
                return module.body();
            }
        }
        return null;
    }

    private Value ofType(Value.Type type, String name, Value.@Nullable Instance self, SourceLocation at) {
        Value found = type.body().names.get(name);
        if (found instanceof Value.Callable method) {
            boolean fixed = method.definition().decorators().stream()
                    .anyMatch(each -> each instanceof Expression.Name decorator
                            && decorator.id().equals("staticmethod"));
            boolean property = method.definition().decorators().stream()
                    .anyMatch(each -> each instanceof Expression.Name decorator
                            && decorator.id().equals("property"));
            if (fixed) {
                return method;
            }
            Value.Callable bound =
                    new Value.Callable(method.definition(), method.closure(), self == null ? type : self);
            return property && self != null ? apply(bound, List.of(), Map.of(), at) : bound;
        }
        if (found != null) {
            return found;
        }
        for (Value base : type.bases()) {
            if (base instanceof Value.Type parent && parent != type && ++depth < DEEPEST) {
                try {
                    Value inherited = ofType(parent, name, self, at);
                    if (!(inherited instanceof Member) && !(inherited instanceof Unknown)) {
                        return inherited;
                    }
                } finally {
                    depth--;
                }
            }
        }
        return self == null ? new Unknown(name, at) : new Member(self, name, at);
    }

    private Value call(Expression.Call call, Environment environment, SourceLocation at) {
        Value function = value(call.function(), environment);
        List<Value> arguments = new ArrayList<>();
        Map<String, Value> named = new LinkedHashMap<>();
        for (Argument argument : call.arguments()) {
            Value value = value(argument.value(), environment);
            String name = argument.name();
            if (name != null) {
                named.put(name, value);
            } else if (argument.stars() == 2) {
                if (value instanceof Mapping mapping) {
                    mapping.entries().forEach((key, each) -> named.put(key.toString(), each));
                } else {
                    named.put("**", value);
                }
            } else if (argument.stars() == 1) {
                List<Value> elements = Builtins.elements(value);
                arguments.addAll(elements == null ? List.of(new Unknown("*" + Value.word(value), at)) : elements);
            } else {
                arguments.add(value);
            }
        }
        return apply(function, arguments, named, at);
    }

    /** Calls something. */
    Value apply(Value function, List<Value> arguments, Map<String, Value> named, SourceLocation at) {
        step();
        return switch (function) {
            case Value.Callable callable -> follow(callable, arguments, named, at);
            case Value.Anonymous lambda -> {
                Environment inside = new Environment(lambda.closure().path, lambda.closure());
                bind(lambda.definition().parameters(), arguments, named, inside, lambda.closure(), at);
                yield calls >= MOST_CALLS
                        ? new Unknown("lambda", at)
                        : value(lambda.definition().body(), inside);
            }
            case Value.Type type -> {
                Value.Instance instance = new Value.Instance(type, new HashMap<>());
                Value initial = ofType(type, "__init__", instance, at);
                if (initial instanceof Value.Callable constructor) {
                    follow(constructor, arguments, named, at);
                }
                yield instance;
            }
            case Choice choice -> {
                List<Value> values = new ArrayList<>();
                choice.values().forEach(each -> add(values, apply(each, arguments, named, at)));
                yield choice(values, "result", at);
            }
            default -> {
                Value known = builtins.call(function, arguments, named, at);
                if (known != null) {
                    yield known;
                }
                Called called = new Called(function, List.copyOf(arguments), new LinkedHashMap<>(named), at);
                if (loading == 0) {
                    listener.called(called);
                }
                yield called;
            }
        };
    }

    private Value follow(Value.Callable callable, List<Value> arguments, Map<String, Value> named, SourceLocation at) {
        Statement.Function definition = callable.definition();
        followed.add(definition);
        if (calls >= MOST_CALLS) {
            return new Unknown(definition.name(), at);
        }
        Environment inside = new Environment(callable.closure().path, callable.closure());
        List<Value> all = new ArrayList<>(arguments);
        Value self = callable.self();
        if (self != null) {
            all.addFirst(self);
        }
        bind(definition.parameters(), all, named, inside, callable.closure(), at);
        Frame before = frame;
        int depthBefore = depth;
        frame = new Frame();
        calls++;
        try {
            block(definition.body(), inside);
            List<Value> values = new ArrayList<>();
            frame.returned.forEach(each -> add(values, each));
            return values.isEmpty() ? Value.NONE : choice(values, definition.name(), at);
        } finally {
            calls--;
            depth = depthBefore;
            frame = before;
        }
    }

    private void bind(
            List<Parameter> parameters,
            List<Value> arguments,
            Map<String, Value> named,
            Environment inside,
            Environment closure,
            SourceLocation at) {
        Map<String, Value> rest = new LinkedHashMap<>(named);
        int place = 0;
        for (Parameter parameter : parameters) {
            if (parameter.stars() == 1) {
                List<Value> others = place < arguments.size() ? arguments.subList(place, arguments.size()) : List.of();
                inside.set(parameter.name(), Items.of(others));
                place = arguments.size();
                continue;
            }
            if (parameter.stars() == 2) {
                Mapping mapping = Mapping.empty();
                mapping.entries().putAll(rest);
                inside.set(parameter.name(), mapping);
                continue;
            }
            Value byName = rest.remove(parameter.name());
            Expression defaultValue = parameter.defaultValue();
            Value bound;
            if (byName != null) {
                bound = byName;
            } else if (!parameter.keywordOnly() && place < arguments.size()) {
                bound = arguments.get(place++);
            } else if (defaultValue != null && !named.containsKey("**")) {
                bound = value(defaultValue, closure);
            } else {
                bound = new Unknown(parameter.name(), at);
            }
            inside.set(parameter.name(), bound);
        }
    }
}
