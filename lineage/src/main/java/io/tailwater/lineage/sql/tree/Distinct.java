package io.tailwater.lineage.sql.tree;

import java.util.List;

/** DISTINCT, with the keys of DISTINCT ON. */
public record Distinct(List<Expression> on, SourceRange range) implements Node {
    @Override
    public List<Node> children() {
        return Children.of(on);
    }
}
