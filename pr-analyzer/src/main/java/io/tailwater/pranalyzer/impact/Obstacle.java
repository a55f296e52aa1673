package io.tailwater.pranalyzer.impact;

/** Why an analysis has no result yet, or will have none. */
public sealed interface Obstacle {

    /** A sentence for a person, without credentials. */
    String reason();

    /**
     * A commit or repository is not there, as it may be for a moment after a push.
     *
     * @param reason what is not there
     */
    record NotThereYet(String reason) implements Obstacle {}

    /**
     * A server cannot answer now.
     *
     * @param reason what was tried
     */
    record Unavailable(String reason) implements Obstacle {}

    /**
     * The token is missing or refused.
     *
     * @param reason what was refused
     * @param refused tells the token that was refused from others; empty when there was none
     */
    record NeedsToken(String reason, String refused) implements Obstacle {}

    /**
     * There is nothing to analyse, and that is no fault.
     *
     * @param reason why
     */
    record NothingToDo(String reason) implements Obstacle {}

    /**
     * It cannot be done, and trying again will not help.
     *
     * @param reason why
     */
    record Terminal(String reason) implements Obstacle {}
}
