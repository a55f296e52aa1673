package io.tailwater.lineage.sql.result;

import io.tailwater.lineage.sql.tree.SourceRange;

/**
 * One place in the text that reads a table, view or file.
 *
 * @param table what is read
 * @param range where its name stands
 */
public record TableUse(TableRef table, SourceRange range) {}
