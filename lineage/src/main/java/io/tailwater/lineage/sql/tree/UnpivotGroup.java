package io.tailwater.lineage.sql.tree;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Columns that become one row, with the label stored in the name column. */
public record UnpivotGroup(
        List<Expression> columns, @Nullable Expression label, SourceRange range) implements Node {
    @Override
    public List<Node> children() {
        return Children.of(columns, label);
    }
}
