package io.tailwater.lineage.sql.tree;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** One step of a join chain. {@code lateral} when the right side sees the left (APPLY, comma-free LATERAL). */
public record Join(
        JoinKind kind,
        boolean natural,
        Relation right,
        @Nullable Expression on,
        List<Identifier> using,
        boolean lateral,
        SourceRange range)
        implements Node {
    @Override
    public List<Node> children() {
        return Children.of(right, on, using);
    }
}
