/** A Kafka broker and a schema registry inside this process, for one machine: the demo, a first try, and tests. */
@NullMarked
package io.tailwater.embedded;

import org.jspecify.annotations.NullMarked;
