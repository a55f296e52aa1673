/** Tests of this package. */
@NullMarked
package io.tailwater.pranalyzer.git;

import org.jspecify.annotations.NullMarked;
