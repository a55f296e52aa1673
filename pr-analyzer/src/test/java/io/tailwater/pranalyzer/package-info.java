/** Tests of this package. */
@NullMarked
package io.tailwater.pranalyzer;

import org.jspecify.annotations.NullMarked;
