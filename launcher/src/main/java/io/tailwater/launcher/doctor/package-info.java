/** Looking at an installation from outside. */
@NullMarked
package io.tailwater.launcher.doctor;

import org.jspecify.annotations.NullMarked;
