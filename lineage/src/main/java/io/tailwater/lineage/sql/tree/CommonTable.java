package io.tailwater.lineage.sql.tree;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** One named part of WITH: nearly always a {@link Statement.QueryStatement}, a changing statement in Postgres ({@code WITH x AS (DELETE … RETURNING …)}), or ClickHouse's {@code WITH expression AS name} ({@code scalar}). */
public record CommonTable(
        Identifier name,
        List<Identifier> columns,
        @Nullable Statement statement,
        @Nullable Expression scalar,
        SourceRange range)
        implements Node {
    @Override
    public List<Node> children() {
        return Children.of(name, columns, statement, scalar);
    }
}
