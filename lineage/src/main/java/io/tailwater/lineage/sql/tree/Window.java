package io.tailwater.lineage.sql.tree;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code OVER (base PARTITION BY … ORDER BY … frame)}; {@code OVER w} has only a base. */
public record Window(
        @Nullable Identifier base,
        List<Expression> partitionBy,
        List<OrderItem> orderBy,
        @Nullable Frame frame,
        SourceRange range)
        implements Node {
    @Override
    public List<Node> children() {
        return Children.of(base, partitionBy, orderBy, frame);
    }
}
