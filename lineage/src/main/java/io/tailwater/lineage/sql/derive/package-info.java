/** Passes that turn a syntax tree into lineage: stars, columns, dependencies, statements. */
@NullMarked
package io.tailwater.lineage.sql.derive;

import org.jspecify.annotations.NullMarked;
