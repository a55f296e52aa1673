package io.tailwater.lineage.sql.tree;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** An element type or a struct's field. */
public record TypeField(@Nullable Identifier name, DataType type, SourceRange range) implements Node {
    @Override
    public List<Node> children() {
        return Children.of(name, type);
    }
}
