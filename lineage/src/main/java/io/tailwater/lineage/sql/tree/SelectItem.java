package io.tailwater.lineage.sql.tree;

import java.util.List;

/** An output column, or several where {@code value} is a star or has several aliases ({@code explode(m) AS (k, v)}). {@code SELECT @v = x} is an {@link Expression.Operation} with an assignment operator. */
public record SelectItem(Expression value, List<Identifier> aliases, SourceRange range) implements Node {
    @Override
    public List<Node> children() {
        return Children.of(value, aliases);
    }
}
