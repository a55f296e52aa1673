/** Runs over the past: their reports, awaited and compared. */
@NullMarked
package io.tailwater.launcher.run;

import org.jspecify.annotations.NullMarked;
