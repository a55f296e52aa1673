/** Reads dbt projects: models, seeds, snapshots, sources, tests and exposures, without running dbt. */
@NullMarked
package io.tailwater.lineage.project.dbt;

import org.jspecify.annotations.NullMarked;
