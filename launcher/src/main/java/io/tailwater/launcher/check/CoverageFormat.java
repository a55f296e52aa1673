package io.tailwater.launcher.check;

import io.tailwater.lineage.coverage.CoverageReport;

/** How the coverage of a revision is printed. */
public interface CoverageFormat {
    /** The whole output, ending in a line break. */
    String format(CoverageReport report);
}
