package io.tailwater.lineage.sql.tree;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What decorates a call: {@code f(DISTINCT a ORDER BY b LIMIT 1) WITHIN GROUP (…) FILTER (WHERE …) OVER …}; {@code having} is BigQuery's HAVING MAX x; {@code parameters} ClickHouse's {@code f(params)(args)}, which stand in front. */
public record CallModifiers(
        boolean distinct,
        List<OrderItem> orderBy,
        @Nullable Expression limit,
        @Nullable Expression having,
        @Nullable Expression filter,
        List<OrderItem> withinGroup,
        NullTreatment nullTreatment,
        List<Expression> parameters,
        @Nullable Window window,
        SourceRange range)
        implements Node {
    @Override
    public List<Node> children() {
        return Children.of(orderBy, limit, having, filter, withinGroup, parameters, window);
    }
}
