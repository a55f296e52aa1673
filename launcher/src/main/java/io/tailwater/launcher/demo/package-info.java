/** The demo: repositories of its own, the world they live in, and what is expected to be said about them. */
@NullMarked
package io.tailwater.launcher.demo;

import org.jspecify.annotations.NullMarked;
