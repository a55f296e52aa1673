package io.tailwater.lineage.sql.tree;

import java.util.List;

/** A dotted name, outermost part first. A back-quoted {@code `p.d.t`} of BigQuery comes as its parts, which then share the quote style and have ranges inside the quotes. An omitted middle part ({@code db..t}) is an identifier with empty text. */
public record QualifiedName(List<Identifier> parts, SourceRange range) implements Node {
    @Override
    public List<Node> children() {
        return Children.of(parts);
    }
}
