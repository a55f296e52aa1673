package io.tailwater.pranalyzer.topology;

import java.time.Duration;

/**
 * Times and sizes of the topology.
 *
 * @param duplicatesFor how long a delivery's content is remembered, to drop what says the same again
 * @param lookEvery how often finished work is looked for
 * @param notThereFor how long a commit may be missing after a push before its head is skipped
 * @param unavailableFor how long a server may be unavailable before the work is set aside as a dead letter
 * @param withPool how many tickets of one task the pool holds at most
 * @param storesInMemory whether stores are kept in memory only, and read from their changelogs at every start
 */
public record TopologySettings(
        Duration duplicatesFor,
        Duration lookEvery,
        Duration notThereFor,
        Duration unavailableFor,
        int withPool,
        boolean storesInMemory) {

    /** Seven days, 50 ms, 75 seconds, a day, 64, stores on disk. */
    public static TopologySettings defaults() {
        return new TopologySettings(
                Duration.ofDays(7), Duration.ofMillis(50), Duration.ofSeconds(75), Duration.ofDays(1), 64, false);
    }
}
