package io.tailwater.lineage.sql.tree;

import java.util.List;

/** A branch of a script's IF. */
public record GuardedStatements(Expression condition, List<Statement> statements, SourceRange range) implements Node {
    @Override
    public List<Node> children() {
        return Children.of(condition, statements);
    }
}
