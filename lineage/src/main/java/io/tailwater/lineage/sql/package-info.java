/** Column lineage of SQL text: the entry point. */
@NullMarked
package io.tailwater.lineage.sql;

import org.jspecify.annotations.NullMarked;
