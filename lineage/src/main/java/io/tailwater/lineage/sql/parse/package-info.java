/** From text to tree: tokens, grammar in parts, recovery. The entry is {@link io.tailwater.lineage.sql.parse.SqlParser}. */
@NullMarked
package io.tailwater.lineage.sql.parse;

import org.jspecify.annotations.NullMarked;
