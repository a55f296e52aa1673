/** Tests of consuming reports. */
@NullMarked
package io.tailwater.publisher.consume;

import org.jspecify.annotations.NullMarked;
