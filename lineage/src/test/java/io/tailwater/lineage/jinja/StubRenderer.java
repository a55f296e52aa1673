package io.tailwater.lineage.jinja;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One side of {@code lineage/scripts/jinja-differential}: renders templates over stubs that show what was asked of them.
 * Arguments: a folder, a file that lists the macro files and templates in it, and a folder for the answers.
 */
public final class StubRenderer implements Globals {
    private static final int LONGEST = 200;
    private static final Set<String> NOT_STUBBED = Set.of(
            "range",
            "dict",
            "namespace",
            "cycler",
            "joiner",
            "lipsum",
            "caller",
            "varargs",
            "kwargs",
            "loop",
            "self",
            "super");

    private final Map<String, Value> names = new HashMap<>();
    private final TreeMap<String, MacroDefinition> macros = new TreeMap<>();

    private StubRenderer() {
        names.put("return", Interpreter.returning());
        names.put("execute", Value.Bool.TRUE);
        names.put("is_incremental", (Value.Function) call -> Value.Bool.FALSE);
        names.put("config", new Config());
        names.put("var", (Value.Function) call -> orStub("var", call));
        names.put("env_var", (Value.Function) call -> orStub("env_var", call));
        names.put("log", (Value.Function) call -> Value.Str.of(""));
        names.put("print", (Value.Function) call -> Value.Str.of(""));
    }

    /** Something nothing is known of: whatever is done with it becomes part of its name. */
    private record Stub(String label) implements Value.Host, Value.Function, Iterable<Value> {
        Stub {
            int end = Math.min(label.codePointCount(0, label.length()), LONGEST);
            label = label.substring(0, label.offsetByCodePoints(0, end));
        }

        @Override
        public Value attribute(String name) {
            return new Stub(label + "." + name);
        }

        @Override
        public Value call(Call call) {
            List<String> shown = new ArrayList<>();
            call.positional()
                    .forEach(value ->
                            shown.add(call.interpreter().displayed(value).value()));
            call.named()
                    .forEach((name, value) -> shown.add(
                            name + "=" + call.interpreter().displayed(value).value()));
            return new Stub(label + "(" + String.join(", ", shown) + ")");
        }

        @Override
        public String display() {
            return "<" + label + ">";
        }

        @Override
        public Iterator<Value> iterator() {
            return List.<Value>of(new Stub(label + ".0"), new Stub(label + ".1"))
                    .iterator();
        }
    }

    /** {@code config(...)} puts out nothing; {@code config.get} knows defaults only. */
    private record Config() implements Value.Host, Value.Function {
        @Override
        public @Nullable Value attribute(String name) {
            return name.equals("get") || name.equals("require")
                    ? (Value.Function) call -> call.argument(1, "default", Value.None.NONE)
                    : Value.None.NONE;
        }

        @Override
        public Value call(Call call) {
            return Value.Str.of("");
        }

        @Override
        public String display() {
            return "<config>";
        }
    }

    private static Value orStub(String name, Call call) {
        Value otherwise = call.argument(1, "default");
        return otherwise != null ? otherwise : new Stub(name).call(call);
    }

    @Override
    public @Nullable Value lookup(String name, Template from) {
        MacroDefinition macro = macros.get(name);
        if (macro != null) {
            return Interpreter.macro(macro);
        }
        Value value = names.get(name);
        return value != null || NOT_STUBBED.contains(name) ? value : new Stub(name);
    }

    /** Answers every line of the list in a file of its own, named by the line's number. */
    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        StubRenderer globals = new StubRenderer();
        List<String> lines = Files.readAllLines(Path.of(arguments[1]), StandardCharsets.UTF_8);
        Path answers = Path.of(arguments[2]);
        for (int i = 0; i < lines.size(); i++) {
            String[] parts = lines.get(i).split("\t");
            String answer = switch (parts[0]) {
                case "macros" -> globals.define(folder, parts[1]);
                case "render" -> globals.render(folder, parts[1]);
                case "call" -> globals.call(parts[1]);
                default -> throw new IllegalArgumentException("no such request: " + parts[0]);
            };
            Files.writeString(answers.resolve(String.valueOf(i)), answer);
        }
    }

    private String define(Path folder, String path) throws IOException {
        try {
            Template.parse(path, Files.readString(folder.resolve(path)))
                    .macros()
                    .forEach(macro -> macros.put(macro.name(), macro));
            return "rendered\n";
        } catch (TemplateException e) {
            return "failed\n" + e.getMessage();
        }
    }

    private String render(Path folder, String path) throws IOException {
        try {
            return answer(Interpreter.render(
                    Template.parse(path, Files.readString(folder.resolve(path))), this, RenderLimits.USUAL, true));
        } catch (TemplateException e) {
            return "failed\n" + e.getMessage();
        }
    }

    private String call(String name) {
        MacroDefinition macro = macros.get(name);
        if (macro == null) {
            return "failed\nthere is no macro " + name;
        }
        Map<String, Value> given = macro.parameterNames().stream()
                .collect(Collectors.toMap(parameter -> parameter, parameter -> new Stub("the_" + parameter)));
        return answer(
                Interpreter.renderMacro(macro, given, Template.parse("call.sql", ""), this, RenderLimits.USUAL, true));
    }

    private static String answer(RenderOutcome outcome) {
        return switch (outcome) {
            case RenderOutcome.Rendered rendered ->
                "rendered\n" + rendered.text().value();
            case RenderOutcome.Failed failed -> "failed\n" + failed.reason() + " at " + failed.origin();
        };
    }
}
