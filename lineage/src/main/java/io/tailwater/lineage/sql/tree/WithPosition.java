package io.tailwater.lineage.sql.tree;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** WITH ORDINALITY, or BigQuery's WITH OFFSET AS alias. */
public record WithPosition(boolean ordinality, @Nullable Identifier alias, SourceRange range) implements Node {
    @Override
    public List<Node> children() {
        return Children.of(alias);
    }
}
