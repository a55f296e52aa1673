/** Reads LookML: views, explores, refinements, derived tables and dashboards, as datasets of fields. */
@NullMarked
package io.tailwater.lineage.project.lookml;

import org.jspecify.annotations.NullMarked;
