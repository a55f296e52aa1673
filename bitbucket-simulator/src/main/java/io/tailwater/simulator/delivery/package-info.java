/** Webhook delivery with Bitbucket's headers, signature and retry rules. */
@NullMarked
package io.tailwater.simulator.delivery;

import org.jspecify.annotations.NullMarked;
