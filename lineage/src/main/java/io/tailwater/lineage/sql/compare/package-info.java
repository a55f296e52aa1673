/** Telling two queries apart by meaning, not by text. */
@NullMarked
package io.tailwater.lineage.sql.compare;

import org.jspecify.annotations.NullMarked;
