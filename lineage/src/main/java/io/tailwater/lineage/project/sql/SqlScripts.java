package io.tailwater.lineage.project.sql;

import io.tailwater.lineage.graph.Unresolved;
import io.tailwater.lineage.project.SourceTree;
import java.util.List;
import java.util.Set;

/** Finds SQL in files of another language. */
public interface SqlScripts {
    /**
     * Reads the files of a revision that no reader took, and takes those that it is concerned with.
     *
     * @param dialect the dialect of what does not tell its own, by its command-line name
     */
    Found find(SourceTree files, String dialect);

    /**
     * What was found.
     *
     * @param scripts in the order in which they run
     * @param unresolved what could not be followed
     * @param files the files that hold or describe data
     */
    record Found(List<SqlScript> scripts, List<Unresolved> unresolved, Set<String> files) {
        public Found {
            scripts = List.copyOf(scripts);
            unresolved = List.copyOf(unresolved);
            files = Set.copyOf(files);
        }
    }
}
