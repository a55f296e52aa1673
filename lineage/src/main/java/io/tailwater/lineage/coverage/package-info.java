/** Counts how much of a repository's lineage is complete, by kind, and why the rest is not. */
@NullMarked
package io.tailwater.lineage.coverage;

import org.jspecify.annotations.NullMarked;
