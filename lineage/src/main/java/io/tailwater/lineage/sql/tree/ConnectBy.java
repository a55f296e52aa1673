package io.tailwater.lineage.sql.tree;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Hierarchical query. */
public record ConnectBy(@Nullable Expression startWith, Expression condition, boolean noCycle, SourceRange range)
        implements Node {
    @Override
    public List<Node> children() {
        return Children.of(startWith, condition);
    }
}
