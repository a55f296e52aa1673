/** What one revision of one repository says about its data: datasets, their columns, and what each depends on. */
@NullMarked
package io.tailwater.lineage.graph;

import org.jspecify.annotations.NullMarked;
