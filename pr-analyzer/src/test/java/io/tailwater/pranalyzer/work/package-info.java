/** Tests of this package. */
@NullMarked
package io.tailwater.pranalyzer.work;

import org.jspecify.annotations.NullMarked;
