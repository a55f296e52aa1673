/** The stream topology: from deliveries to impact reports. */
@NullMarked
package io.tailwater.pranalyzer.topology;

import org.jspecify.annotations.NullMarked;
