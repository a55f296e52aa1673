package io.tailwater.lineage.sql.result;

import io.tailwater.lineage.sql.tree.SourceRange;

/**
 * One place in the text that reads one column of a base table.
 *
 * @param column the column; its table is null when it could not be told
 * @param role what it is read for
 * @param range the reference in the text; when the column only arrives through a star, the place that then names it
 */
public record ColumnUse(UpstreamColumn column, ColumnRole role, SourceRange range) {}
