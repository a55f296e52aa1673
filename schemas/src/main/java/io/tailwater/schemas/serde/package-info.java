/** Avro values in Confluent's wire format, and the small schema registry client they need. */
@NullMarked
package io.tailwater.schemas.serde;

import org.jspecify.annotations.NullMarked;
