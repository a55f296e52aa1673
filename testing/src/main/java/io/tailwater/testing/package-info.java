/** What tests share: a Kafka cluster per JVM, typed records in and out of it, and ways to make a network fail. */
@NullMarked
package io.tailwater.testing;

import org.jspecify.annotations.NullMarked;
