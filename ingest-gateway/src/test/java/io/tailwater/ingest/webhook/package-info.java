/** Tests of the gateway. */
@NullMarked
package io.tailwater.ingest.webhook;

import org.jspecify.annotations.NullMarked;
