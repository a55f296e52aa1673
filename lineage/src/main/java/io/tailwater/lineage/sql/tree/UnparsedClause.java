package io.tailwater.lineage.sql.tree;

import java.util.List;

/** A clause that could not be understood and was left out. */
public record UnparsedClause(String reason, SourceRange range) implements Node {
    @Override
    public List<Node> children() {
        return Children.of();
    }
}
