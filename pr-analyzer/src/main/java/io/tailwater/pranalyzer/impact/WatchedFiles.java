package io.tailwater.pranalyzer.impact;

import io.tailwater.lineage.project.FileEntry;
import io.tailwater.lineage.project.ReadOutcome;
import io.tailwater.lineage.project.RepositoryConfig;
import io.tailwater.lineage.project.RepositoryFiles;
import io.tailwater.pranalyzer.cache.Absence;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** A revision, and what of it was asked for and not at hand: it may be there the next time. */
final class WatchedFiles implements RepositoryFiles {
    private final RepositoryFiles files;
    private final Set<String> absent = new TreeSet<>();

    WatchedFiles(RepositoryFiles files) {
        this.files = files;
    }

    /** The files that were asked for and not at hand. */
    List<Absence> absences() {
        return absent.stream().map(path -> new Absence(revision(), path)).toList();
    }

    /** Whether the configuration was not asked for, or was at hand. */
    boolean isConfigurationKnown() {
        return !absent.contains(RepositoryConfig.PATH);
    }

    /** Whether a file of this revision still is not at hand. */
    boolean isAbsent(Absence absence) {
        return absence.revision().equals(revision()) && files.read(absence.path(), 1) instanceof ReadOutcome.Missing;
    }

    /** Kind and content id of the configuration file; empty without one. */
    String configurationId() {
        return files.entries().stream()
                .filter(entry -> entry.path().equals(RepositoryConfig.PATH))
                .map(entry -> entry.kind() + " " + entry.blobId())
                .findFirst()
                .orElse("");
    }

    @Override
    public String repository() {
        return files.repository();
    }

    @Override
    public String revision() {
        return files.revision();
    }

    @Override
    public List<FileEntry> entries() {
        return files.entries();
    }

    @Override
    public ReadOutcome read(String path, int limit) {
        ReadOutcome outcome = files.read(path, limit);
        if (outcome instanceof ReadOutcome.Missing) {
            absent.add(path);
        }
        return outcome;
    }
}
