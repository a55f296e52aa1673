package io.tailwater.lineage.sql.tree;

import java.util.List;

/** A table's old and new name. */
public record TableRenaming(QualifiedName from, QualifiedName to, SourceRange range) implements Node {
    @Override
    public List<Node> children() {
        return Children.of(from, to);
    }
}
