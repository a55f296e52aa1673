package io.tailwater.service;

/** A part that can be asked whether it can do its job. */
@FunctionalInterface
public interface HealthCheck {

    /**
     * Tells how the part stands. Called from any thread, any number of times, so cheap and without side effect: it looks
     * at what is known already and waits for nothing.
     */
    CheckResult check();
}
