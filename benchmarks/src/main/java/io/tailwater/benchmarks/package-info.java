/** What this costs: statements a second, memory, and the cost of a change in a large repository. */
@NullMarked
package io.tailwater.benchmarks;

import org.jspecify.annotations.NullMarked;
