package io.tailwater.lineage.project;

import io.tailwater.lineage.graph.Coverage;
import io.tailwater.lineage.graph.RepositoryLineage;
import java.util.List;

/** Reads the files of one revision into its lineage. Pure apart from what it asks of the files and the cache it is given. */
public final class RepositoryLineageExtractor {
    /**
     * Reads a revision. Never fails on what the files hold: what is not understood is listed in the result with its
     * reason.
     *
     * @param files the revision
     * @param cache results of earlier extractions
     */
    public RepositoryLineage extract(RepositoryFiles files, ExtractionCache cache) {
        return new RepositoryLineage(files.repository(), files.revision(), List.of(), List.of(), new Coverage(0, 0, 0));
    }
}
