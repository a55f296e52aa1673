package io.tailwater.lineage.sql.tree;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code AS name (columns)}; columns have a type where written. {@code name} is null where only columns are given. */
public record Alias(@Nullable Identifier name, List<ColumnDefinition> columns, SourceRange range) implements Node {
    @Override
    public List<Node> children() {
        return Children.of(name, columns);
    }
}
