/** The forms in which {@code tailwater check} prints a comparison. */
@NullMarked
package io.tailwater.launcher.check;

import org.jspecify.annotations.NullMarked;
