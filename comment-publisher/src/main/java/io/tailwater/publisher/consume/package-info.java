/** Reads reports from Kafka at least once, in order per pull request, and keeps the record of what was published. */
@NullMarked
package io.tailwater.publisher.consume;

import org.jspecify.annotations.NullMarked;
