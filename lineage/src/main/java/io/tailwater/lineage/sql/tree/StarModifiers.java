package io.tailwater.lineage.sql.tree;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What follows a star: EXCEPT/EXCLUDE, REPLACE (value AS name), RENAME, LIKE/ILIKE pattern, ClickHouse's APPLY. */
public record StarModifiers(
        List<QualifiedName> except,
        List<SelectItem> replace,
        List<Renaming> rename,
        @Nullable Expression like,
        List<Expression> apply,
        SourceRange range)
        implements Node {
    @Override
    public List<Node> children() {
        return Children.of(except, replace, rename, like, apply);
    }
}
