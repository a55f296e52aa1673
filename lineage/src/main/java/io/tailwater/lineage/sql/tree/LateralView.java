package io.tailwater.lineage.sql.tree;

import io.tailwater.lineage.sql.tree.Expression.FunctionCall;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Hive's LATERAL VIEW. */
public record LateralView(
        boolean outer, FunctionCall call, @Nullable Identifier alias, List<Identifier> columns, SourceRange range)
        implements Node {
    @Override
    public List<Node> children() {
        return Children.of(call, alias, columns);
    }
}
