/** The console: pages and API for people, on top of a read model derived from the topics. */
@NullMarked
package io.tailwater.console;

import org.jspecify.annotations.NullMarked;
