package io.tailwater.lineage.sql.tree;

import java.util.List;

/** {@code column = value}, {@code (a, b) = (query)}. */
public record Assignment(List<QualifiedName> columns, Expression value, SourceRange range) implements Node {
    @Override
    public List<Node> children() {
        return Children.of(columns, value);
    }
}
