package io.tailwater.lineage.sql.tree;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** PRIMARY KEY, UNIQUE, FOREIGN KEY, CHECK …; {@code kind} in capitals. */
public record TableConstraint(
        String kind,
        List<Identifier> columns,
        @Nullable QualifiedName references,
        List<Identifier> referencedColumns,
        SourceRange range)
        implements Node {
    @Override
    public List<Node> children() {
        return Children.of(columns, references, referencedColumns);
    }
}
