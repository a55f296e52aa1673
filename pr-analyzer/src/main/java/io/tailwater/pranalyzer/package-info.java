/** Turns pull-request events into impact reports: configuration, the service, and analysis without Kafka. */
@NullMarked
package io.tailwater.pranalyzer;

import org.jspecify.annotations.NullMarked;
