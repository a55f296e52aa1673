package io.tailwater.lineage.sql.tree;

import java.util.List;

/** The WITH clause of a query or statement. */
public record With(boolean recursive, List<CommonTable> tables, SourceRange range) implements Node {
    @Override
    public List<Node> children() {
        return Children.of(tables);
    }
}
