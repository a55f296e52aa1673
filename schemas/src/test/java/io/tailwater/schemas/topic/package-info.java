/** Tests of what the package offers. */
@NullMarked
package io.tailwater.schemas.topic;

import org.jspecify.annotations.NullMarked;
