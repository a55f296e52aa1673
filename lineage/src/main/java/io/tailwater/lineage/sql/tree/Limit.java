package io.tailwater.lineage.sql.tree;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** LIMIT, OFFSET, FETCH FIRST, TOP; {@code by} is ClickHouse's LIMIT n BY. */
public record Limit(
        @Nullable Expression count,
        @Nullable Expression offset,
        boolean percent,
        boolean withTies,
        List<Expression> by,
        SourceRange range)
        implements Node {
    @Override
    public List<Node> children() {
        return Children.of(count, offset, by);
    }
}
