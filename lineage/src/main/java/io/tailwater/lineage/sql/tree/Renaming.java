package io.tailwater.lineage.sql.tree;

import java.util.List;

/** {@code from AS to} of a star's RENAME or a pipe's RENAME. */
public record Renaming(QualifiedName from, Identifier to, SourceRange range) implements Node {
    @Override
    public List<Node> children() {
        return Children.of(from, to);
    }
}
