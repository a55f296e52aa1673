/** The JSON of {@code tailwater lineage}. */
@NullMarked
package io.tailwater.launcher.lineage;

import org.jspecify.annotations.NullMarked;
