/** What a change does: two revisions' lineage in, changes, impacts and a verdict out. */
@NullMarked
package io.tailwater.lineage.compare;

import org.jspecify.annotations.NullMarked;
