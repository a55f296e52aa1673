/** Canonical forms of expressions and queries: equal for two texts that mean the same, as far as the rules here reach. */
@NullMarked
package io.tailwater.lineage.sql.canonical;

import org.jspecify.annotations.NullMarked;
