package io.tailwater.lineage.jinja;

import java.util.List;

/** A named part of a template that can be rendered by itself, such as a dbt snapshot. */
public final class NamedBlock {
    private final Template template;
    private final String name;
    private final int offset;
    private final List<Statement> body;

    NamedBlock(Template template, String name, int offset, List<Statement> body) {
        this.template = template;
        this.name = name;
        this.offset = offset;
        this.body = List.copyOf(body);
    }

    /** Its name. */
    public String name() {
        return name;
    }

    /** Where it starts. */
    public Origin origin() {
        return new Origin(template, offset, null);
    }

    Template template() {
        return template;
    }

    List<Statement> body() {
        return body;
    }
}
