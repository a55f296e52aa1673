package io.tailwater.lineage.sql.tree;

import java.util.List;

/** GROUP BY; {@code all} for GROUP BY ALL. */
public record GroupBy(boolean all, List<GroupElement> elements, boolean withTotals, SourceRange range) implements Node {
    @Override
    public List<Node> children() {
        return Children.of(elements);
    }
}
