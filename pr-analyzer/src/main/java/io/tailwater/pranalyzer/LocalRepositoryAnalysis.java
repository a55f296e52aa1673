package io.tailwater.pranalyzer;

import io.tailwater.lineage.coverage.CoverageReport;
import io.tailwater.lineage.project.ExtractionCache;
import io.tailwater.pranalyzer.cache.DiskCache;
import io.tailwater.pranalyzer.cache.WorkCache;
import io.tailwater.pranalyzer.git.GitLimits;
import io.tailwater.pranalyzer.git.LocalRepository;
import io.tailwater.pranalyzer.impact.LineageEngine;
import io.tailwater.schemas.report.Comparison;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Optional;

/** The analysis of a pull request without Kafka and without a server: two revisions of a repository on this machine. */
public final class LocalRepositoryAnalysis {
    private static final GitLimits LIMITS = GitLimits.defaults();

    private final LineageEngine lineage;

    /**
     * What was found.
     *
     * @param repository name of the repository
     * @param comparison what changes, as it would stand in a topic; the content of {@code check --format json}
     */
    public record Result(String repository, Comparison comparison) {}

    /**
     * An analysis.
     *
     * @param kept where results are kept; empty to keep none
     * @param timeLimit most time for reading one revision
     */
    public LocalRepositoryAnalysis(Optional<DiskCache> kept, Duration timeLimit) {
        this.lineage = new LineageEngine(
                ExtractionCache.inMemory(50_000),
                kept.map(disk -> WorkCache.on(disk, LIMITS.blobBytes())).orElseGet(WorkCache::none),
                () -> TimeLimit.startingNow(timeLimit));
    }

    /**
     * Compares the merge base of two revisions with the head, as for a pull request from head to base.
     *
     * @param directory a work tree, a folder in one, or a bare repository
     * @param base any revision Git understands; empty for the remote's default branch, or main, or master
     * @param head any revision Git understands
     * @param day the day on which suppressed findings count as expired or not
     * @throws LocalRepository.Unreadable when directory or revision is none, with a message for the person who named it
     * @throws io.tailwater.lineage.project.TimeLimitReached when reading a revision takes too long
     */
    public Result analyse(Path directory, Optional<String> base, String head, LocalDate day)
            throws LocalRepository.Unreadable {
        try (LocalRepository repository = LocalRepository.open(directory, LIMITS)) {
            String against = base.or(repository::usualBase).orElse("HEAD");
            LocalRepository.Sides sides = repository.compare(against, head);
            return new Result(
                    repository.name(),
                    lineage.comparison(sides.base(), sides.mergeBase(), sides.head(), sides.mergeBases(), day));
        }
    }

    /**
     * Counts how much of one revision is understood.
     *
     * @param directory a work tree, a folder in one, or a bare repository
     * @param revision any revision Git understands
     * @throws LocalRepository.Unreadable when directory or revision is none, with a message for the person who named it
     * @throws io.tailwater.lineage.project.TimeLimitReached when reading the revision takes too long
     */
    public CoverageReport coverage(Path directory, String revision) throws LocalRepository.Unreadable {
        try (LocalRepository repository = LocalRepository.open(directory, LIMITS)) {
            return CoverageReport.of(lineage.read(repository.at(revision)));
        }
    }
}
