/** The comment publisher as a service: configuration and start. */
@NullMarked
package io.tailwater.publisher;

import org.jspecify.annotations.NullMarked;
