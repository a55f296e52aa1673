package io.tailwater.lineage.project.dbt;

import io.tailwater.lineage.jinja.Value;
import org.jspecify.annotations.Nullable;

/** An object of dbt's context whose attributes a function answers. */
final class HostObject implements Value.Host {
    /** Answers attributes by name; null for what does not exist. */
    interface Attributes {
        @Nullable
        Value get(String name);
    }

    private final String name;
    private final Attributes attributes;

    HostObject(String name, Attributes attributes) {
        this.name = name;
        this.attributes = attributes;
    }

    @Override
    public @Nullable Value attribute(String attribute) {
        return attributes.get(attribute);
    }

    @Override
    public String display() {
        return name;
    }
}
