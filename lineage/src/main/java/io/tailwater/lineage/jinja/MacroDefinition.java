package io.tailwater.lineage.jinja;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A macro as written. */
public final class MacroDefinition {
    private final Template template;
    private final String name;
    private final int offset;
    private final List<Parameter> parameters;
    private final List<Statement> body;
    private final boolean takesVarargs;
    private final boolean takesKwargs;

    record Parameter(String name, @Nullable Expression defaultValue) {}

    MacroDefinition(
            Template template,
            String name,
            int offset,
            List<Parameter> parameters,
            List<Statement> body,
            boolean takesVarargs,
            boolean takesKwargs) {
        this.template = template;
        this.name = name;
        this.offset = offset;
        this.parameters = List.copyOf(parameters);
        this.body = List.copyOf(body);
        this.takesVarargs = takesVarargs;
        this.takesKwargs = takesKwargs;
    }

    /** The name it is called by; a dbt test block's name starts with {@code test_}. */
    public String name() {
        return name;
    }

    /** Where it is defined. */
    public Origin origin() {
        return new Origin(template, offset, null);
    }

    /** Names of its parameters, in order. */
    public List<String> parameterNames() {
        return parameters.stream().map(Parameter::name).toList();
    }

    Template template() {
        return template;
    }

    List<Parameter> parameters() {
        return parameters;
    }

    List<Statement> body() {
        return body;
    }

    boolean takesVarargs() {
        return takesVarargs;
    }

    boolean takesKwargs() {
        return takesKwargs;
    }
}
