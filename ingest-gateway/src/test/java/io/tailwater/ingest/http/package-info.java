/** Tests of the gateway. */
@NullMarked
package io.tailwater.ingest.http;

import org.jspecify.annotations.NullMarked;
