package io.tailwater.pranalyzer.impact;

import io.tailwater.lineage.compare.ChangeReport;
import io.tailwater.lineage.compare.RepositoryComparison;
import io.tailwater.lineage.extract.RepositoryLineageExtractor;
import io.tailwater.lineage.graph.RepositoryLineage;
import io.tailwater.lineage.graph.SourceLocation;
import io.tailwater.lineage.graph.Unresolved;
import io.tailwater.lineage.project.ExtractionCache;
import io.tailwater.lineage.project.RepositoryConfig;
import io.tailwater.lineage.project.RepositoryFiles;
import java.time.LocalDate;
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
     * @param destination the destination's tip: what its people decided holds, whatever the head says
     * @param mergeBase the before side
     * @param head the after side
     * @param mergeBases how many merge bases there were; more than one is said in the report
     * @param day the day on which suppressed findings count as expired or not
     */
    public ChangeReport compare(
            RepositoryFiles destination,
            RepositoryFiles mergeBase,
            RepositoryFiles head,
            int mergeBases,
            LocalDate day) {
        ConfigPair config = new ConfigPair(RepositoryConfig.of(destination), RepositoryConfig.of(head));
        RepositoryLineageExtractor extractor = new RepositoryLineageExtractor();
        ChangeReport report = RepositoryComparison.compare(
                        extractor.extract(mergeBase, cache, config.ofBothSides()),
                        extractor.extract(head, cache, config.ofBothSides()),
                        config.rules(day))
                .withBase(destination.revision());
        List<Unresolved> notes = new ArrayList<>(config.notes());
        if (mergeBases > 1) {
            notes.add(crissCross(report, mergeBases));
        }
        return notes.isEmpty() ? report : report.withNotes(notes);
    }

    /** Criss-cross history has no single "before": which one was taken bears on the answer, so it is said. */
    private static Unresolved crissCross(ChangeReport report, int mergeBases) {
        return new Unresolved(
                SourceLocation.of(".", 1),
                "The branches were merged into each other, so there are " + mergeBases
                        + " merge bases; compared with the newest, "
                        + report.mergeBase().substring(0, 12),
                null,
                null);
    }
}
