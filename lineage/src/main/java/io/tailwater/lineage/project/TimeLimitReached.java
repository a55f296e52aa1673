package io.tailwater.lineage.project;

/**
 * The time for reading a revision was over before all of it was read. Nothing is told of such a revision: what one file
 * says can be undone by another one that was not reached.
 */
public final class TimeLimitReached extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** With a sentence for people, which names the revision. */
    public TimeLimitReached(String message) {
        super(message);
    }
}
