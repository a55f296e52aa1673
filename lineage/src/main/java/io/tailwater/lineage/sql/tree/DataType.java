package io.tailwater.lineage.sql.tree;

import java.util.List;

/** A type as written: {@code name} in capitals with single spaces ({@code TIMESTAMP WITH TIME ZONE}), {@code parameters} of {@code DECIMAL(10, 2)}, {@code fields} for element types ({@code ARRAY<INT>}, unnamed) and struct fields (named), {@code arrayDimensions} for trailing {@code []}. */
public record DataType(
        String name, List<Expression> parameters, List<TypeField> fields, int arrayDimensions, SourceRange range)
        implements Node {
    @Override
    public List<Node> children() {
        return Children.of(parameters, fields);
    }
}
