package io.tailwater.lineage.sql.tree;

import java.util.List;

/** LIKE or CLONE. */
public record TableCopy(CopyKind kind, QualifiedName source, SourceRange range) implements Node {
    @Override
    public List<Node> children() {
        return Children.of(source);
    }
}
