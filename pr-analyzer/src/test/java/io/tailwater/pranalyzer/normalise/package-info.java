/** Tests of this package. */
@NullMarked
package io.tailwater.pranalyzer.normalise;

import org.jspecify.annotations.NullMarked;
