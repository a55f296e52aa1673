/** Tests of this package. */
@NullMarked
package io.tailwater.pranalyzer.topology;

import org.jspecify.annotations.NullMarked;
