package io.tailwater.lineage.jinja;

import org.jspecify.annotations.Nullable;

/** What names mean that a template does not define itself. */
public interface Globals {
    /**
     * The value of a name.
     *
     * @param name the name
     * @param from the template that uses it
     * @return null if the name means nothing
     */
    @Nullable
    Value lookup(String name, Template from);

    /** A template by name, for include and import; null if there is none. */
    default @Nullable Template template(String name) {
        return null;
    }

    /**
     * The value of an attribute or call of a name that means nothing.
     *
     * @param name the name as written, with dots
     * @return null to make it an error, as Jinja does
     */
    default @Nullable Value missing(String name) {
        return null;
    }

    /** An attribute of a function, where a function is also an object; null if it has none of that name. */
    default @Nullable Value attributeOf(Value.Function function, String name) {
        return null;
    }
}
