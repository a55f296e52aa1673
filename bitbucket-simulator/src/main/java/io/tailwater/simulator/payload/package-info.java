/** Bitbucket's JSON for what the stand-in remembers, shared by REST answers and webhook bodies. */
@NullMarked
package io.tailwater.simulator.payload;

import org.jspecify.annotations.NullMarked;
