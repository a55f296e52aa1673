package io.tailwater.pranalyzer.impact;

import io.tailwater.lineage.project.FileEntry;
import io.tailwater.lineage.project.ReadOutcome;
import io.tailwater.lineage.project.RepositoryConfig;
import io.tailwater.lineage.project.RepositoryFiles;
import java.util.List;

/** A revision, and whether all of it that was asked for was at hand: what is not may be there the next time. */
final class WatchedFiles implements RepositoryFiles {
    private final RepositoryFiles files;
    private boolean whole = true;

    WatchedFiles(RepositoryFiles files) {
        this.files = files;
    }

    boolean isWhole() {
        return whole;
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
        whole &= !(outcome instanceof ReadOutcome.Missing);
        return outcome;
    }
}
