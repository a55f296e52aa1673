package io.tailwater.lineage.sql.tree;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** One ORDER BY key; {@code nullsFirst} is null when not said. {@code ORDER BY ALL} is a {@link Expression.Symbol} {@code ALL}. */
public record OrderItem(
        Expression value, boolean descending, @Nullable Boolean nullsFirst, SourceRange range) implements Node {
    @Override
    public List<Node> children() {
        return Children.of(value);
    }
}
