/** The command line: wires the services, runs analyses without them, and operates them. */
@NullMarked
package io.tailwater.launcher;

import org.jspecify.annotations.NullMarked;
