/** Git over smart HTTP, and reading history for the REST calls that need it. */
@NullMarked
package io.tailwater.simulator.git;

import org.jspecify.annotations.NullMarked;
