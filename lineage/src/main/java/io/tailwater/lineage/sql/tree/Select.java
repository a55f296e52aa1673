package io.tailwater.lineage.sql.tree;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** One SELECT block. {@code top} is TOP n, {@code limitBy} ClickHouse's LIMIT n BY; relations of {@code from} are separated by commas and may see those to their left when lateral. */
public record Select(
        @Nullable Distinct distinct,
        @Nullable Limit top,
        SelectForm form,
        List<SelectItem> items,
        @Nullable Into into,
        List<Relation> from,
        List<LateralView> lateralViews,
        @Nullable Expression prewhere,
        @Nullable Expression where,
        @Nullable ConnectBy connectBy,
        @Nullable GroupBy groupBy,
        @Nullable Expression having,
        @Nullable Expression qualify,
        List<NamedWindow> windows,
        @Nullable Limit limitBy,
        List<UnparsedClause> unparsed,
        SourceRange range)
        implements QueryBody {
    @Override
    public List<Node> children() {
        return Children.of(
                distinct,
                top,
                items,
                into,
                from,
                lateralViews,
                prewhere,
                where,
                connectBy,
                groupBy,
                having,
                qualify,
                windows,
                limitBy,
                unparsed);
    }
}
