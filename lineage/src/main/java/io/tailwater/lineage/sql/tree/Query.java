package io.tailwater.lineage.sql.tree;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A whole query: WITH, body, ORDER BY, LIMIT. {@code distributeBy} has Hive's DISTRIBUTE BY and CLUSTER BY keys; {@code unparsed} the clauses that could not be understood, here and in a body that is a {@link Select}'s tail. */
public record Query(
        @Nullable With with,
        QueryBody body,
        List<OrderItem> orderBy,
        @Nullable Limit limit,
        List<Expression> distributeBy,
        List<UnparsedClause> unparsed,
        SourceRange range)
        implements QueryBody {
    @Override
    public List<Node> children() {
        return Children.of(with, body, orderBy, limit, distributeBy, unparsed);
    }
}
