package io.tailwater.lineage.sql.tree;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code FOR keys IN (values)}; values come from {@code query} or, with {@code any}, from the data (also DuckDB's {@code ON key} without IN). */
public record PivotColumn(
        List<Expression> keys,
        List<SelectItem> values,
        @Nullable Query query,
        boolean any,
        SourceRange range) implements Node {
    @Override
    public List<Node> children() {
        return Children.of(keys, values, query);
    }
}
