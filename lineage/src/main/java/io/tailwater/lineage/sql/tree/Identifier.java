package io.tailwater.lineage.sql.tree;

import java.util.List;

/** One name as written: {@code text} without quotes and with doubled quotes undone, case kept. */
public record Identifier(String text, QuoteStyle quote, SourceRange range) implements Node {
    @Override
    public List<Node> children() {
        return Children.of();
    }
}
