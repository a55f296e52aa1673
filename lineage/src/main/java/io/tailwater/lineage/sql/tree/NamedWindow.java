package io.tailwater.lineage.sql.tree;

import java.util.List;

/** {@code WINDOW name AS (…)}. */
public record NamedWindow(Identifier name, Window window, SourceRange range) implements Node {
    @Override
    public List<Node> children() {
        return Children.of(name, window);
    }
}
