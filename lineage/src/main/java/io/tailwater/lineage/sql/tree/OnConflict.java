package io.tailwater.lineage.sql.tree;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** ON CONFLICT … DO UPDATE, ON DUPLICATE KEY UPDATE; no assignments means DO NOTHING. */
public record OnConflict(
        List<Expression> keys,
        List<Assignment> assignments,
        @Nullable Expression where,
        SourceRange range) implements Node {
    @Override
    public List<Node> children() {
        return Children.of(keys, assignments, where);
    }
}
