/** Dead letters taken up again. */
@NullMarked
package io.tailwater.console.deadletter;

import org.jspecify.annotations.NullMarked;
