package io.tailwater.pranalyzer;

import io.tailwater.lineage.compare.ChangeReport;
import io.tailwater.lineage.coverage.CoverageReport;
import io.tailwater.lineage.project.ExtractionCache;
import io.tailwater.pranalyzer.git.GitLimits;
import io.tailwater.pranalyzer.git.LocalRepository;
import io.tailwater.pranalyzer.impact.ComparisonRecords;
import io.tailwater.pranalyzer.impact.LineageEngine;
import io.tailwater.schemas.report.Comparison;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Optional;

/** The analysis of a pull request without Kafka and without a server: two revisions of a repository on this machine. */
public final class LocalRepositoryAnalysis {

    /**
     * What was found.
     *
     * @param report as the lineage library tells it; the content of {@code check --format json}
     * @param comparison the same as it would stand in a topic
     */
    public record Result(ChangeReport report, Comparison comparison) {}

    private LocalRepositoryAnalysis() {}

    /**
     * Compares the merge base of two revisions with the head, as for a pull request from head to base.
     *
     * @param directory a work tree, a folder in one, or a bare repository
     * @param base any revision Git understands; empty for the remote's default branch, or main, or master
     * @param head any revision Git understands
     * @param day the day on which suppressed findings count as expired or not
     * @throws LocalRepository.Unreadable when directory or revision is none, with a message for the person who named it
     */
    public static Result analyse(Path directory, Optional<String> base, String head, LocalDate day)
            throws LocalRepository.Unreadable {
        try (LocalRepository repository = LocalRepository.open(directory, GitLimits.defaults())) {
            String against = base.or(repository::usualBase).orElse("HEAD");
            LocalRepository.Sides sides = repository.compare(against, head);
            ChangeReport report = new LineageEngine(ExtractionCache.inMemory(10_000))
                    .compare(sides.base(), sides.mergeBase(), sides.head(), sides.mergeBases(), day);
            return new Result(report, ComparisonRecords.of(report));
        }
    }

    /**
     * Counts how much of one revision is understood.
     *
     * @param directory a work tree, a folder in one, or a bare repository
     * @param revision any revision Git understands
     * @throws LocalRepository.Unreadable when directory or revision is none, with a message for the person who named it
     */
    public static CoverageReport coverage(Path directory, String revision) throws LocalRepository.Unreadable {
        try (LocalRepository repository = LocalRepository.open(directory, GitLimits.defaults())) {
            return CoverageReport.of(new LineageEngine(ExtractionCache.none()).read(repository.at(revision)));
        }
    }
}
