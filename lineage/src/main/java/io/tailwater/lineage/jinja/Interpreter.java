package io.tailwater.lineage.jinja;

import io.tailwater.lineage.jinja.RenderOutcome.Note;
import io.tailwater.lineage.jinja.RenderOutcome.Placeholder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Renders one template once. What is unknown before a run against the warehouse stays unknown: put out, it becomes a
 * placeholder that names its reason; a condition on it is answered by an assumption, so that rendering under both
 * assumptions shows both branches; a loop over it runs once.
 */
public final class Interpreter {
    private static final String PLACEHOLDER = "tw_unknown_";

    private final Globals globals;
    private final RenderLimits limits;
    private final boolean assumption;
    private final Statements statements = new Statements(this);
    private final Expressions expressions = new Expressions(this);
    private final Map<String, Placeholder> placeholders = new LinkedHashMap<>();
    private final List<Note> notes = new ArrayList<>();
    private boolean branched;
    private long steps;
    private int nesting;
    private long characters;

    private Interpreter(Globals globals, RenderLimits limits, boolean assumption) {
        this.globals = globals;
        this.limits = limits;
        this.assumption = assumption;
    }

    /**
     * Renders a template.
     *
     * @param template what to render
     * @param globals what names mean that it does not define
     * @param limits how much it may do
     * @param assumption the answer to conditions that only a run could answer
     */
    public static RenderOutcome render(Template template, Globals globals, RenderLimits limits, boolean assumption) {
        return render(template, template.body(), globals, limits, assumption);
    }

    /** Renders one named block of a template; see {@link #render(Template, Globals, RenderLimits, boolean)}. */
    public static RenderOutcome render(NamedBlock block, Globals globals, RenderLimits limits, boolean assumption) {
        return render(block.template(), block.body(), globals, limits, assumption);
    }

    private static RenderOutcome render(
            Template template, List<Statement> body, Globals globals, RenderLimits limits, boolean assumption) {
        return run(template, globals, limits, assumption, (interpreter, frame) -> {
            try {
                interpreter.statements.run(body, frame);
            } catch (ReturnSignal left) {
                interpreter.put(frame, interpreter.displayed(left.value()), frame.at(0));
            }
        });
    }

    /**
     * Renders a macro's output by calling it.
     *
     * @param macro the macro
     * @param arguments its arguments by name
     * @param site the template that the call counts as written in, at its start
     */
    public static RenderOutcome renderMacro(
            MacroDefinition macro,
            Map<String, Value> arguments,
            Template site,
            Globals globals,
            RenderLimits limits,
            boolean assumption) {
        return run(site, globals, limits, assumption, (interpreter, frame) -> {
            Origin origin = frame.at(0);
            Value value = macro(macro).call(new Call(interpreter, List.of(), arguments, origin));
            interpreter.put(frame, interpreter.displayed(value), origin);
        });
    }

    private interface Work {
        void run(Interpreter interpreter, Frame frame);
    }

    private static RenderOutcome run(
            Template template, Globals globals, RenderLimits limits, boolean assumption, Work work) {
        Interpreter interpreter = new Interpreter(globals, limits, assumption);
        Frame frame = new Frame(template, new Scope(null), new Text.Builder(), null);
        try {
            work.run(interpreter, frame);
        } catch (TemplateException e) {
            return new RenderOutcome.Failed(String.valueOf(e.getMessage()), e.origin());
        } catch (StackOverflowError e) {
            return new RenderOutcome.Failed("the template is nested too deeply to be rendered", null);
        }
        return new RenderOutcome.Rendered(
                new RenderedText(frame.out().build(), template),
                List.copyOf(interpreter.placeholders.values()),
                interpreter.notes,
                interpreter.branched);
    }

    /** A function that leaves the macro that calls it with its argument, as dbt's {@code return()}. */
    public static Value.Function returning() {
        return call -> {
            throw new ReturnSignal(call.argument(0, "data", Value.None.NONE));
        };
    }

    /** A macro as a value, seeing only what the globals offer. */
    public static Value.Function macro(MacroDefinition definition) {
        return new MacroFunction(definition, null);
    }

    /** A value that is true in one rendering and false in the other, such as {@code is_incremental()}. */
    public Value either() {
        branched = true;
        return Value.Bool.of(assumption);
    }

    /** The value as a string; placeholders stand for what is unknown. */
    public Value.Str displayed(Value value) {
        if (value instanceof Value.Str string) {
            return string;
        }
        Value.Unknown unknown = unknownWithin(value, 0);
        if (unknown == null
                && value instanceof Value.Undefined undefined
                && undefined.name().contains(".")
                && !undefined.name().contains(" ")) {
            unknown = globals.missing(undefined.name()) instanceof Value.Unknown missing ? missing : null;
        }
        if (unknown != null) {
            return placeholder(unknown);
        }
        String text = Printer.display(value);
        chargeCharacters(text.length());
        return Value.Str.of(text);
    }

    /** The value's text for a message or a name; null if any of it is unknown. */
    public @Nullable String knownText(Value value) {
        if (unknownWithin(value, 0) != null || (value instanceof Value.Str string && hasPlaceholder(string))) {
            return null;
        }
        return Printer.display(value);
    }

    /** Why the value is unknown; null if all of it is known. */
    public @Nullable String unknownReason(Value value) {
        Value.Unknown unknown =
                value instanceof Value.Str string && hasPlaceholder(string) ? taint(string) : unknownWithin(value, 0);
        return unknown == null ? null : unknown.reason();
    }

    private Value.Str placeholder(Value.Unknown unknown) {
        Placeholder placeholder = placeholders.computeIfAbsent(
                unknown.reason(),
                reason -> new Placeholder(
                        PLACEHOLDER + (placeholders.size() + 1) + "x",
                        reason,
                        unknown.columnsOf(),
                        expressions.here()));
        return Value.Str.of(placeholder.name());
    }

    static boolean hasPlaceholder(Value.Str string) {
        return string.value().contains(PLACEHOLDER);
    }

    /** The unknown that a string with a placeholder carries. */
    Value.Unknown taint(Value.Str string) {
        for (Placeholder placeholder : placeholders.values()) {
            if (string.value().contains(placeholder.name())) {
                return new Value.Unknown(placeholder.reason(), placeholder.columnsOf());
            }
        }
        return new Value.Unknown("the text holds a value that is unknown before a run");
    }

    /** The unknown value, or the first one inside a list, tuple or dict; null if all is known. */
    static Value.@Nullable Unknown unknownWithin(Value value, int depth) {
        if (depth > 20) {
            return null;
        }
        return switch (value) {
            case Value.Unknown unknown -> unknown;
            case Value.Items list -> firstUnknown(list.items(), depth);
            case Value.Tuple tuple -> firstUnknown(tuple.items(), depth);
            case Value.Dict dict -> firstUnknown(dict.entries().values(), depth);
            default -> null;
        };
    }

    private static Value.@Nullable Unknown firstUnknown(Iterable<Value> values, int depth) {
        for (Value value : values) {
            Value.Unknown unknown = unknownWithin(value, depth + 1);
            if (unknown != null) {
                return unknown;
            }
        }
        return null;
    }

    /** Whether a condition holds; what is unknown is answered by the assumption, and noted. */
    public boolean truth(Value value, Origin origin) {
        if (value instanceof Value.Unknown unknown) {
            branched = true;
            note("a condition is unknown before a run: " + unknown.reason(), origin);
            return assumption != unknown.negated();
        }
        return Operators.truth(value);
    }

    void note(String reason, Origin origin) {
        if (notes.size() < 200) {
            notes.add(new Note(reason, origin));
        }
    }

    /** The items of a value; those of an unknown value are one unknown item. */
    public List<Value> iterate(Value value) {
        if (value instanceof Value.Unknown) {
            return List.of(value);
        }
        List<Value> items = Operators.iterate(value);
        charge(items.size());
        return items;
    }

    /** The strings of the items with the separator between them. */
    public Value.Str join(Value.Str separator, List<Value> items) {
        Text.Builder out = new Text.Builder();
        for (int i = 0; i < items.size(); i++) {
            if (i > 0) {
                out.append(separator.text(), null);
            }
            Text text = displayed(items.get(i)).text();
            chargeCharacters(text.value().length() + (long) separator.value().length());
            out.append(text, null);
        }
        return new Value.Str(out.build());
    }

    /** {@code value.name}. */
    public Value attribute(Value value, String name) {
        return expressions.attribute(value, name);
    }

    /** {@code value[index]}. */
    public Value item(Value value, Value index) {
        return expressions.item(value, index);
    }

    /** The value at a dotted path of attributes and positions, as filters take it. */
    Value path(Value value, Value path) {
        if (path instanceof Value.Int) {
            return item(value, path);
        }
        Value found = value;
        for (String part : StringMethods.text(path).split("\\.", -1)) {
            found = part.matches("\\d{1,9}")
                    ? item(found, Value.Int.of(Long.parseLong(part)))
                    : item(found, Value.Str.of(part));
        }
        return found;
    }

    /** Calls a value. */
    public Value call(Value function, List<Value> positional, Map<String, Value> named, Origin origin) {
        return expressions.call(function, positional, named, origin);
    }

    Value filter(String name, List<Value> arguments, Map<String, Value> named, Origin origin) {
        return expressions.filter(name, arguments, named, origin);
    }

    boolean test(String name, List<Value> arguments, Map<String, Value> named, Origin origin) {
        return truth(expressions.test(name, arguments, named), origin);
    }

    Globals globals() {
        return globals;
    }

    Expressions expressions() {
        return expressions;
    }

    Statements statements() {
        return statements;
    }

    /** Puts a value out. */
    void put(Frame frame, Value.Str value, Origin origin) {
        count(value.value().length());
        frame.out().append(value.text(), origin);
    }

    /** How many characters were put out so far, those of macros included. */
    long written() {
        return characters;
    }

    void putData(Frame frame, String text, int offset) {
        count(text.length());
        frame.out().append(text, frame.at(offset), true);
    }

    private void count(int length) {
        characters += length;
        if (characters > limits.characters()) {
            throw new TemplateException("the limit of " + limits.characters() + " characters of output is reached");
        }
    }

    /** Counts work that a step does besides being one. */
    public void charge(long more) {
        steps += more;
        if (steps > limits.steps() || more < 0) {
            throw new TemplateException("the limit of " + limits.steps() + " steps is reached");
        }
    }

    void chargeCharacters(long count) {
        if (count > limits.characters()) {
            throw new TemplateException("a string of more than " + limits.characters() + " characters would be made");
        }
        charge(count / 16);
    }

    <R> R nested(Function<Interpreter, R> work) {
        charge(1);
        if (++nesting > limits.nesting()) {
            nesting = 0;
            throw new TemplateException("the limit of " + limits.nesting() + " nested calls and blocks is reached");
        }
        R result = work.apply(this);
        nesting--;
        return result;
    }

    int nesting() {
        return nesting;
    }

    void restoreNesting(int level) {
        nesting = level;
    }
}
