package io.tailwater.lineage.sql.tree;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code WHEN match AND condition THEN action}. */
public record MergeBranch(MergeMatch match, @Nullable Expression condition, MergeAction action, SourceRange range)
        implements Node {
    @Override
    public List<Node> children() {
        return Children.of(condition, action);
    }
}
