/** Reads schemas of Kafka topics (Avro, Protobuf, JSON Schema) and the connectors that join topics to relations. */
@NullMarked
package io.tailwater.lineage.project.kafka;

import org.jspecify.annotations.NullMarked;
