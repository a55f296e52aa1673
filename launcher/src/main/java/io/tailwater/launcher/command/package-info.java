/** The commands of {@code ./tailwater}, one class each. */
@NullMarked
package io.tailwater.launcher.command;

import org.jspecify.annotations.NullMarked;
