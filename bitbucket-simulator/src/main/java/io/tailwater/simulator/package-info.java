/** A local Bitbucket Cloud for the demo and for tests: starts, stops and steers the stand-in. */
@NullMarked
package io.tailwater.simulator;

import org.jspecify.annotations.NullMarked;
