/**
 * The syntax tree of SQL: sealed, immutable, every node with its place in the text. It says what was written, not what it means: names are kept as written,
 * nothing is resolved. The entry is a list of {@link io.tailwater.lineage.sql.tree.Statement}s; {@link io.tailwater.lineage.sql.tree.Query} holds one
 * {@link io.tailwater.lineage.sql.tree.QueryBody}, mostly a {@link io.tailwater.lineage.sql.tree.Select}, which reads
 * {@link io.tailwater.lineage.sql.tree.Relation}s and computes {@link io.tailwater.lineage.sql.tree.Expression}s. Long chains (operators, joins, set
 * operations, pipe steps) are flat lists, so the tree is never deeper than the parser's nesting limit allows.
 */
@NullMarked
package io.tailwater.lineage.sql.tree;

import org.jspecify.annotations.NullMarked;
