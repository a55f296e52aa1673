/** Keeps on disk what was worked out once, by content. */
@NullMarked
package io.tailwater.pranalyzer.cache;

import org.jspecify.annotations.NullMarked;
