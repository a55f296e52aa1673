package io.tailwater.launcher.check;

import io.tailwater.schemas.report.Comparison;

/** Turns a comparison into text for people or machines. */
@FunctionalInterface
public interface ComparisonFormat {

    /**
     * The whole comparison as text, ending in a line break.
     *
     * @param repository full name or folder name of the repository compared
     * @param comparison what was found
     */
    String format(String repository, Comparison comparison);
}
