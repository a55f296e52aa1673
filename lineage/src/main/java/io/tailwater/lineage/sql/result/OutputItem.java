package io.tailwater.lineage.sql.result;

import io.tailwater.lineage.sql.tree.SourceRange;

/** One entry of a statement's output: a column, or a star that could not be expanded. */
public sealed interface OutputItem permits OutputColumn, PassThrough {

    /** Where the defining item stands. */
    SourceRange range();
}
