/** Reads what Power BI keeps as text: models of fields, charts and dashboards. */
@NullMarked
package io.tailwater.lineage.project.powerbi;

import org.jspecify.annotations.NullMarked;
