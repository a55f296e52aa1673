/** Reads what Superset keeps as text: models of fields, charts and dashboards. */
@NullMarked
package io.tailwater.lineage.project.superset;

import org.jspecify.annotations.NullMarked;
