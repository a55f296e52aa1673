package io.tailwater.lineage.project;

import java.util.List;

/**
 * Read-only view of one revision of a repository. Called from one thread at a time; answers are the same every time,
 * since a revision does not change.
 */
public interface RepositoryFiles {
    /** Name of the repository as people know it, e.g. {@code workspace/repository}. */
    String repository();

    /** Id of the revision. */
    String revision();

    /** Every path of the revision except folders, in any order, each once. */
    List<FileEntry> entries();

    /**
     * Reads a file.
     *
     * @param path a path of {@link #entries()}
     * @param limit most bytes the caller can use
     * @return the content, or why there is none
     */
    ReadOutcome read(String path, int limit);
}
