/** Where accepted deliveries go: Kafka. */
@NullMarked
package io.tailwater.ingest.produce;

import org.jspecify.annotations.NullMarked;
