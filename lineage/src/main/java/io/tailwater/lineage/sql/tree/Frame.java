package io.tailwater.lineage.sql.tree;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code ROWS BETWEEN start AND end}; unbounded and current row are {@link Expression.Symbol}s, directions are {@link Expression.Unary} postfix {@code PRECEDING} and {@code FOLLOWING}. */
public record Frame(
        String unit,
        @Nullable Expression start,
        @Nullable Expression end,
        @Nullable String exclusion,
        SourceRange range)
        implements Node {
    @Override
    public List<Node> children() {
        return Children.of(start, end);
    }
}
