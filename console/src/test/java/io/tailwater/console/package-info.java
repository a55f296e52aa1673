/** Tests. */
@NullMarked
package io.tailwater.console;

import org.jspecify.annotations.NullMarked;
