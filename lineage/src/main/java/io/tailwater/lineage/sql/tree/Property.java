package io.tailwater.lineage.sql.tree;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** An option of a definition; {@code name} in capitals. */
public record Property(String name, @Nullable Expression value, SourceRange range) implements Node {
    @Override
    public List<Node> children() {
        return Children.of(value);
    }
}
