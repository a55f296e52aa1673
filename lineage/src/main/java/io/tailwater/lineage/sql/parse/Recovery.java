package io.tailwater.lineage.sql.parse;

import io.tailwater.lineage.sql.tree.SourceRange;

/**
 * A place where the parser had to skip something it did not understand.
 *
 * @param range what was skipped
 * @param reason what was met, in words for a reader of the SQL
 */
public record Recovery(SourceRange range, String reason) {}
