package io.tailwater.pranalyzer.impact;

import io.tailwater.lineage.compare.ChangeReport;
import io.tailwater.lineage.compare.RepositoryComparison;
import io.tailwater.lineage.config.Suppression;
import io.tailwater.lineage.extract.Extraction;
import io.tailwater.lineage.extract.RecordingCache;
import io.tailwater.lineage.extract.RepositoryLineageExtractor;
import io.tailwater.lineage.graph.RepositoryLineage;
import io.tailwater.lineage.graph.SourceLocation;
import io.tailwater.lineage.graph.Unresolved;
import io.tailwater.lineage.project.ExtractionCache;
import io.tailwater.lineage.project.ExtractionContext;
import io.tailwater.lineage.project.RepositoryConfig;
import io.tailwater.lineage.project.RepositoryFiles;
import io.tailwater.lineage.project.TimeLimitReached;
import io.tailwater.pranalyzer.cache.Absence;
import io.tailwater.pranalyzer.cache.ComparisonKey;
import io.tailwater.pranalyzer.cache.Days;
import io.tailwater.pranalyzer.cache.LineageKey;
import io.tailwater.pranalyzer.cache.WorkCache;
import io.tailwater.schemas.report.Comparison;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** The lineage library as the analyzer uses it; results are kept by content. Thread-safe. */
public final class LineageEngine {

    private final ExtractionCache cache;
    private final WorkCache kept;
    private final Supplier<BooleanSupplier> timer;

    /**
     * An engine.
     *
     * @param cache what files say, by content; may be shared
     * @param kept what was worked out about whole revisions
     * @param timer asked when the reading of a revision starts; what it gives tells whether the time for it is over
     */
    public LineageEngine(ExtractionCache cache, WorkCache kept, Supplier<BooleanSupplier> timer) {
        this.cache = cache;
        this.kept = kept;
        this.timer = timer;
    }

    /** An engine that keeps nothing about whole revisions and takes its time. */
    public LineageEngine(ExtractionCache cache) {
        this(cache, WorkCache.none(), () -> () -> false);
    }

    /**
     * What one revision says about its data.
     *
     * @throws TimeLimitReached when it takes too long
     */
    public RepositoryLineage read(RepositoryFiles files) {
        WatchedFiles watched = new WatchedFiles(files);
        return read(
                watched, watched.configurationId(), () -> RepositoryConfig.of(watched), watched::isConfigurationKnown);
    }

    /**
     * What changes between two revisions, as it stands in a topic. What was kept is given without reading any file.
     *
     * @param destination the destination's tip: what its people decided holds, whatever the head says
     * @param mergeBase the before side
     * @param head the after side
     * @param mergeBases how many merge bases there were; more than one is said in the report
     * @param day the day on which suppressed findings count as expired or not
     * @throws TimeLimitReached when reading a side takes too long
     */
    public Comparison comparison(
            RepositoryFiles destination,
            RepositoryFiles mergeBase,
            RepositoryFiles head,
            int mergeBases,
            LocalDate day) {
        ComparisonKey key = new ComparisonKey(
                head.repository(), destination.revision(), mergeBase.revision(), head.revision(), mergeBases);
        Sides sides = new Sides(destination, mergeBase, head);
        return kept.comparison(key, day, sides::isAbsent).orElseGet(() -> {
            ConfigPair config = sides.config();
            Comparison comparison = ComparisonRecords.of(compare(sides, config, mergeBases, day));
            if (sides.isConfigurationKnown()) {
                List<LocalDate> lastDays = config.destination().suppressions().stream()
                        .map(Suppression::expires)
                        .toList();
                kept.keep(key, comparison, Days.around(day, lastDays), sides.absences());
            }
            return comparison;
        });
    }

    /** As {@link #comparison}, as the lineage library tells it; always compared anew. */
    public ChangeReport compare(
            RepositoryFiles destination,
            RepositoryFiles mergeBase,
            RepositoryFiles head,
            int mergeBases,
            LocalDate day) {
        Sides sides = new Sides(destination, mergeBase, head);
        return compare(sides, sides.config(), mergeBases, day);
    }

    private record Sides(WatchedFiles destination, WatchedFiles mergeBase, WatchedFiles head) {
        Sides(RepositoryFiles destination, RepositoryFiles mergeBase, RepositoryFiles head) {
            this(new WatchedFiles(destination), new WatchedFiles(mergeBase), new WatchedFiles(head));
        }

        ConfigPair config() {
            return new ConfigPair(RepositoryConfig.of(destination), RepositoryConfig.of(head));
        }

        /** What {@link ConfigPair#ofBothSides} depends on; where both have the same file, it is what that file says. */
        String configurationId() {
            String theirs = destination.configurationId();
            String ours = head.configurationId();
            return theirs.equals(ours) ? ours : theirs + ", " + ours;
        }

        boolean isConfigurationKnown() {
            return destination.isConfigurationKnown() && head.isConfigurationKnown();
        }

        /** Each once, also where sides are the same revision. */
        Set<Absence> absences() {
            Set<Absence> absences = new LinkedHashSet<>(destination.absences());
            absences.addAll(mergeBase.absences());
            absences.addAll(head.absences());
            return absences;
        }

        boolean isAbsent(Absence absence) {
            return destination.isAbsent(absence) || mergeBase.isAbsent(absence) || head.isAbsent(absence);
        }
    }

    private ChangeReport compare(Sides sides, ConfigPair config, int mergeBases, LocalDate day) {
        String configuration = sides.configurationId();
        ChangeReport report = RepositoryComparison.compare(
                        read(sides.mergeBase(), configuration, config::ofBothSides, sides::isConfigurationKnown),
                        continued(sides.head(), configuration, config::ofBothSides),
                        config.rules(day))
                .withBase(sides.destination().revision());
        List<Unresolved> notes = new ArrayList<>(config.notes());
        if (mergeBases > 1) {
            notes.add(crissCross(report, mergeBases));
        }
        return notes.isEmpty() ? report : report.withNotes(notes);
    }

    /** What a revision says under a configuration; kept if that was at hand. */
    private RepositoryLineage read(
            WatchedFiles files,
            String configuration,
            Supplier<RepositoryConfig> config,
            BooleanSupplier configurationKnown) {
        LineageKey key = new LineageKey(files.repository(), files.revision(), configuration);
        Optional<Extraction> known = kept.extraction(key, files::isAbsent);
        if (known.isPresent()) {
            known.get().fill(cache);
            return known.get().lineage();
        }
        kept.latest(key).ifPresent(last -> last.fill(cache));
        RecordingCache recording = new RecordingCache(cache);
        RepositoryLineage lineage = extracted(files, recording, config.get());
        if (configurationKnown.getAsBoolean()) {
            kept.keep(key, new Extraction(lineage, recording.used()), files.absences());
        }
        return lineage;
    }

    /** The after side, which starts from the before side in the cache and is not kept: the next head starts there, too. */
    private RepositoryLineage continued(WatchedFiles files, String configuration, Supplier<RepositoryConfig> config) {
        LineageKey key = new LineageKey(files.repository(), files.revision(), configuration);
        return kept.extraction(key, files::isAbsent)
                .map(Extraction::lineage)
                .orElseGet(() -> extracted(files, cache, config.get()));
    }

    private RepositoryLineage extracted(WatchedFiles files, ExtractionCache known, RepositoryConfig config) {
        return new RepositoryLineageExtractor().extract(files, new ExtractionContext(known, timer.get()), config);
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
