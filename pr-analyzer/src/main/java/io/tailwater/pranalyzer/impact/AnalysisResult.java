package io.tailwater.pranalyzer.impact;

import io.tailwater.schemas.report.Comparison;

/** What came of analysing one head of one pull request. */
public sealed interface AnalysisResult {

    /**
     * It was compared with its merge base.
     *
     * @param comparison what differs and who notices
     */
    record Compared(Comparison comparison) implements AnalysisResult {}

    /**
     * It was not.
     *
     * @param obstacle why
     */
    record Hindered(Obstacle obstacle) implements AnalysisResult {}
}
