package io.tailwater.lineage.sql.tree;

import java.util.List;

/** SELECT INTO a new table, or into variables. */
public record Into(List<QualifiedName> tables, boolean temporary, List<Expression> variables, SourceRange range)
        implements Node {
    @Override
    public List<Node> children() {
        return Children.of(tables, variables);
    }
}
