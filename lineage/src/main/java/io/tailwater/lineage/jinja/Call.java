package io.tailwater.lineage.jinja;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A call of a function from a template.
 *
 * @param interpreter who calls
 * @param positional arguments by position
 * @param named arguments by name, in order
 * @param origin where the call is written
 */
public record Call(Interpreter interpreter, List<Value> positional, Map<String, Value> named, Origin origin) {
    /** The argument at a position or of a name; null if it was not given. */
    public @Nullable Value argument(int position, String name) {
        return position < positional.size() ? positional.get(position) : named.get(name);
    }

    /** The argument at a position or of a name, or the given value. */
    public Value argument(int position, String name, Value otherwise) {
        Value value = argument(position, name);
        return value == null ? otherwise : value;
    }

    /**
     * The argument at a position or of a name.
     *
     * @throws TemplateException if it was not given
     */
    public Value required(int position, String name) {
        Value value = argument(position, name);
        if (value == null) {
            throw new TemplateException("the argument '" + name + "' is missing");
        }
        return value;
    }
}
