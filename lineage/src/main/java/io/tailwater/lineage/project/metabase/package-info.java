/** Reads what Metabase keeps as text: models of fields, charts and dashboards. */
@NullMarked
package io.tailwater.lineage.project.metabase;

import org.jspecify.annotations.NullMarked;
