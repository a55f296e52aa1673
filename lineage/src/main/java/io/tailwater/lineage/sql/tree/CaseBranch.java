package io.tailwater.lineage.sql.tree;

import java.util.List;

/** {@code WHEN condition THEN result}. */
public record CaseBranch(Expression condition, Expression result, SourceRange range) implements Node {
    @Override
    public List<Node> children() {
        return Children.of(condition, result);
    }
}
