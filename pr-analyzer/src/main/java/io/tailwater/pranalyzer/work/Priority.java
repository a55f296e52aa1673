package io.tailwater.pranalyzer.work;

/** What is done first, in this order. */
public enum Priority {
    /** Somebody waits for it at an open pull request. */
    LIVE,
    /** What a default branch says now; the answers about other repositories depend on it. */
    BASELINE,
    /** Historical pull requests and replays. */
    BACKFILL
}
