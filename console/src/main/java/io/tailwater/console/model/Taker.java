package io.tailwater.console.model;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jdbi.v3.core.Handle;

/** Takes records of one topic into the read model. Called in the order of a partition, inside a transaction. */
@FunctionalInterface
interface Taker {

    /**
     * Takes a record in. The same record again must lead to the same rows.
     *
     * @throws RuntimeException when it can never be read; nothing may have been changed then
     */
    void take(Handle rows, ConsumerRecord<byte[], byte[]> record);
}
