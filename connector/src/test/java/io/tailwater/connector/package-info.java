/** Tests of the connector. */
@NullMarked
package io.tailwater.connector;

import org.jspecify.annotations.NullMarked;
