/** Reads what Tableau keeps as text: models of fields, charts and dashboards. */
@NullMarked
package io.tailwater.lineage.project.tableau;

import org.jspecify.annotations.NullMarked;
