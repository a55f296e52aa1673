/** Tests of what the package offers. */
@NullMarked
package io.tailwater.schemas;

import org.jspecify.annotations.NullMarked;
