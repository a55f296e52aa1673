/** Tests of the fixtures, and of what needs both a cluster and the typed topics. */
@NullMarked
package io.tailwater.testing;

import org.jspecify.annotations.NullMarked;
