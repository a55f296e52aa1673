/** Tests of what the package offers. */
@NullMarked
package io.tailwater.schemas.serde;

import org.jspecify.annotations.NullMarked;
