/** From source text to column lineage, and from two revisions' lineage to what a change does. Pure: no files, no network, no clock. */
@NullMarked
package io.tailwater.lineage;

import org.jspecify.annotations.NullMarked;
