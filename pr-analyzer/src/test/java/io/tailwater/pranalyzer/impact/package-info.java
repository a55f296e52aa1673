/** Tests of this package. */
@NullMarked
package io.tailwater.pranalyzer.impact;

import org.jspecify.annotations.NullMarked;
