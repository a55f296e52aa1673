/** Every topic of the product as a typed constant, and the keys of its records. */
@NullMarked
package io.tailwater.schemas.topic;

import org.jspecify.annotations.NullMarked;
