/** The entry from files to lineage: reads all that a revision of a repository says about its data. */
@NullMarked
package io.tailwater.lineage.extract;

import org.jspecify.annotations.NullMarked;
