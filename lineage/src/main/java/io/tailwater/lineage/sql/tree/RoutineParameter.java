package io.tailwater.lineage.sql.tree;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A parameter of a routine, with its default. */
public record RoutineParameter(
        @Nullable Identifier name,
        @Nullable DataType type,
        @Nullable Expression value,
        SourceRange range) implements Node {
    @Override
    public List<Node> children() {
        return Children.of(name, type, value);
    }
}
