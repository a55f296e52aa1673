package io.tailwater.pranalyzer.work;

/** What is done first, in this order. */
public enum Priority {
    /** Somebody waits for it at an open pull request. */
    LIVE,
    /** What a default branch says now; the answers about other repositories depend on it. */
    BASELINE,
    /**
     * Open pull requests that were found by looking, on connect above all: after the default branches, so that the first
     * answer about them knows the other repositories.
     */
    FOUND,
    /** Historical pull requests and replays. */
    BACKFILL
}
