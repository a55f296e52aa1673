package io.tailwater.lineage.sql.tree;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** One INTO of a conditional insert; without values the source's columns go in by position. */
public record InsertBranch(
        @Nullable Expression condition,
        boolean otherwise,
        QualifiedName target,
        List<QualifiedName> columns,
        List<Expression> values,
        SourceRange range)
        implements Node {
    @Override
    public List<Node> children() {
        return Children.of(condition, target, columns, values);
    }
}
