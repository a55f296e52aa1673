package io.tailwater.lineage.sql.tree;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A column of a table or view. {@code value} computes it (generated, default, materialized, alias); {@code references} is the table of an inline foreign key. */
public record ColumnDefinition(
        Identifier name,
        @Nullable DataType type,
        @Nullable Expression value,
        @Nullable QualifiedName references,
        List<Property> options,
        SourceRange range)
        implements Node {
    @Override
    public List<Node> children() {
        return Children.of(name, type, value, references, options);
    }
}
