package io.tailwater.lineage.project;

import io.tailwater.lineage.graph.Dataset;
import io.tailwater.lineage.graph.Unresolved;
import java.util.List;
import java.util.Set;

/** Knows one way to describe data in a repository. */
public interface ProjectReader {
    /**
     * Reads what this reader understands of a revision.
     *
     * @param files the revision, and which of its paths an earlier reader already took
     * @param cache results of earlier extractions
     */
    Reading read(SourceTree files, ExtractionCache cache);

    /**
     * What a reader found.
     *
     * @param datasets datasets; ids are unique within the reading
     * @param unresolved what is not known, about datasets and about files
     * @param files paths that hold or describe data, as far as this reader is concerned with them
     * @param notAnalysed those of them whose lineage is not known
     */
    record Reading(List<Dataset> datasets, List<Unresolved> unresolved, Set<String> files, Set<String> notAnalysed) {
        public Reading {
            datasets = List.copyOf(datasets);
            unresolved = List.copyOf(unresolved);
            files = Set.copyOf(files);
            notAnalysed = Set.copyOf(notAnalysed);
        }
    }
}
