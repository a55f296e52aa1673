package io.tailwater.pranalyzer.topology;

import io.tailwater.schemas.report.Outcome;

/** What the topology tells about itself; called from stream threads. */
public interface TopologyMeters {

    /** Tells nobody. */
    TopologyMeters NONE = new TopologyMeters() {};

    /** A delivery was skipped, with a reason. */
    default void deliverySkipped(String eventKey, String reason) {}

    /** A delivery said what another one had said already. */
    default void duplicate() {}

    /** An event came after a newer one and changed nothing. */
    default void lateEvent() {}

    /** An analysis came to an end. */
    default void ended(Outcome outcome) {}

    /** An analysis has to be tried again. */
    default void retried() {}

    /**
     * The open work of one task.
     *
     * @param task names the task
     * @param open pieces of work not finished, parked ones included; 0 when the task leaves
     * @param parked pieces of work waiting for a token
     */
    default void work(String task, int open, int parked) {}

    /** A default branch was read; so many of its datasets were written or removed. */
    default void baseline(int written, int removed) {}
}
