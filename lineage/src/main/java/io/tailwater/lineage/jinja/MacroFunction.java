package io.tailwater.lineage.jinja;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A macro that can be called. */
final class MacroFunction implements Value.Function {
    private final MacroDefinition definition;
    private final @Nullable Scope closure;

    MacroFunction(MacroDefinition definition, @Nullable Scope closure) {
        this.definition = definition;
        this.closure = closure;
    }

    @Override
    public String name() {
        return definition.name();
    }

    @Override
    public Value call(Call call) {
        Interpreter interpreter = call.interpreter();
        Frame frame = new Frame(definition.template(), new Scope(closure), new Text.Builder(), call.origin());
        bind(interpreter, frame, call);
        int level = interpreter.nesting();
        try {
            interpreter.statements().run(definition.body(), frame);
        } catch (ReturnSignal left) {
            interpreter.restoreNesting(level);
            return left.value();
        }
        return new Value.Str(frame.out().build());
    }

    private void bind(Interpreter interpreter, Frame frame, Call call) {
        List<MacroDefinition.Parameter> parameters = definition.parameters();
        Map<String, Value> named = new LinkedHashMap<>(call.named());
        Value caller = named.remove("caller");
        if (caller != null) {
            frame.scope().set("caller", caller);
        }
        for (int i = 0; i < parameters.size(); i++) {
            MacroDefinition.Parameter parameter = parameters.get(i);
            Value given = named.remove(parameter.name());
            if (i < call.positional().size()) {
                if (given != null) {
                    throw new TemplateException("macro '" + definition.name() + "' got two values for the argument '"
                            + parameter.name() + "'");
                }
                given = call.positional().get(i);
            }
            frame.scope().set(parameter.name(), given != null ? given : otherwise(interpreter, frame, parameter));
        }
        List<Value> rest = call.positional().size() > parameters.size()
                ? new ArrayList<>(call.positional()
                        .subList(parameters.size(), call.positional().size()))
                : List.of();
        if (definition.takesVarargs()) {
            frame.scope().set("varargs", new Value.Tuple(rest));
        } else if (!rest.isEmpty()) {
            throw new TemplateException(
                    "macro '" + definition.name() + "' takes not more than " + parameters.size() + " argument(s)");
        }
        if (definition.takesKwargs()) {
            frame.scope().set("kwargs", Value.Dict.of(named));
        } else if (!named.isEmpty()) {
            throw new TemplateException("macro '" + definition.name() + "' takes no keyword argument '"
                    + named.keySet().iterator().next() + "'");
        }
    }

    private static Value otherwise(Interpreter interpreter, Frame frame, MacroDefinition.Parameter parameter) {
        return parameter.defaultValue() == null
                ? new Value.Undefined(parameter.name())
                : interpreter.expressions().evaluate(parameter.defaultValue(), frame);
    }
}
