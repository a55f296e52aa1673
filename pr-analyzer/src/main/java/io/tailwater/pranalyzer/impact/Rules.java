package io.tailwater.pranalyzer.impact;

/** The version of what we conclude from what: part of every idempotency key, so that new rules give new reports. */
public final class Rules {

    /** Raised whenever the same revisions may give another comparison or other assets. */
    public static final String VERSION = "2";

    private Rules() {}
}
