package io.tailwater.lineage.sql.tree;

import java.util.List;

/** What stands beside a relation: sample, time travel, hints …; {@code words} as written, in capitals. */
public record RelationModifier(ModifierKind kind, String words, List<Expression> arguments, SourceRange range)
        implements Node {
    @Override
    public List<Node> children() {
        return Children.of(arguments);
    }
}
