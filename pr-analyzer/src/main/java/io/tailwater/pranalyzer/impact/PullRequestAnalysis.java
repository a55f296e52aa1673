package io.tailwater.pranalyzer.impact;

import io.tailwater.schemas.event.PullRequestEvent;

/**
 * Compares a pull request's head with its merge base. Called on a worker thread, may take minutes, and may be called
 * again for the same event; without effect but its result and its caches. Never two calls for one repository at a time.
 */
@FunctionalInterface
public interface PullRequestAnalysis {

    /**
     * Analyses the head of an event.
     *
     * @param event an event whose head and base are present
     */
    AnalysisResult analyse(PullRequestEvent event);
}
