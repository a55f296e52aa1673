/** Reads what Lightdash keeps as text: models of fields, charts and dashboards. */
@NullMarked
package io.tailwater.lineage.project.lightdash;

import org.jspecify.annotations.NullMarked;
