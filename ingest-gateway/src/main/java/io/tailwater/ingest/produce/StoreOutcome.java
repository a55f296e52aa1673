package io.tailwater.ingest.produce;

/** What became of storing a delivery. */
public sealed interface StoreOutcome {

    /**
     * All in-sync replicas have it.
     *
     * @param partition where it stands
     * @param offset where it stands
     */
    record Stored(int partition, long offset) implements StoreOutcome {}

    /** Kafka takes no record of this size. */
    record TooLarge() implements StoreOutcome {}

    /**
     * Not known to be stored; Bitbucket has to send it again.
     *
     * @param reason why
     */
    record Unavailable(String reason) implements StoreOutcome {}
}
