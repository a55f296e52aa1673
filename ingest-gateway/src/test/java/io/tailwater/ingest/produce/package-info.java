/** Tests of the gateway. */
@NullMarked
package io.tailwater.ingest.produce;

import org.jspecify.annotations.NullMarked;
