package io.tailwater.lineage.sql.tree;

import java.util.List;

/** A plain key or one grouping set construct; a set of several columns is a {@link Expression.Row}. */
public record GroupElement(GroupKind kind, List<Expression> expressions, SourceRange range) implements Node {
    @Override
    public List<Node> children() {
        return Children.of(expressions);
    }
}
