package io.tailwater.pranalyzer.impact;

import io.tailwater.lineage.compare.ChangeReport;
import io.tailwater.lineage.compare.RepositoryComparison;
import io.tailwater.lineage.extract.RepositoryLineageExtractor;
import io.tailwater.lineage.graph.RepositoryLineage;
import io.tailwater.lineage.graph.SourceLocation;
import io.tailwater.lineage.graph.Unresolved;
import io.tailwater.lineage.project.ExtractionCache;
import io.tailwater.lineage.project.RepositoryFiles;
import java.util.ArrayList;
import java.util.List;

/** The lineage library as the analyzer uses it; results are cached by content. Thread-safe. */
public final class LineageEngine {

    private final ExtractionCache cache;

    /** With a cache that may be shared. */
    public LineageEngine(ExtractionCache cache) {
        this.cache = cache;
    }

    /** What one revision says about its data. */
    public RepositoryLineage read(RepositoryFiles files) {
        return new RepositoryLineageExtractor().extract(files, cache);
    }

    /**
     * What changes between two revisions.
     *
     * @param base commit id of the destination's tip
     * @param mergeBase the before side
     * @param head the after side
     * @param mergeBases how many merge bases there were; more than one is said in the report
     */
    public ChangeReport compare(String base, RepositoryFiles mergeBase, RepositoryFiles head, int mergeBases) {
        ChangeReport report =
                RepositoryComparison.compare(read(mergeBase), read(head)).withBase(base);
        return mergeBases > 1 ? withCrissCross(report, mergeBases) : report;
    }

    /** Criss-cross history has no single "before": which one was taken bears on the answer, so it is said. */
    private static ChangeReport withCrissCross(ChangeReport report, int mergeBases) {
        List<Unresolved> unresolved = new ArrayList<>(report.unresolved());
        unresolved.add(new Unresolved(
                SourceLocation.of(".", 1),
                "The branches were merged into each other, so there are " + mergeBases
                        + " merge bases; compared with the newest, "
                        + report.mergeBase().substring(0, 12),
                null,
                null));
        return new ChangeReport(
                report.repository(),
                report.base(),
                report.head(),
                report.mergeBase(),
                report.verdict(),
                report.complete(),
                report.changes(),
                report.impacts(),
                unresolved,
                report.coverage());
    }
}
