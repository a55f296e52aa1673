package io.tailwater.lineage.graph;

import java.util.List;
import java.util.Objects;

/**
 * What a dataset is made by, after templates were rendered.
 *
 * @param dialect SQL dialect the queries are written in, by its command-line name
 * @param queries the queries that may fill the dataset; more than one where a template has branches that are both real, such as first and incremental run
 * @param settings settings that decide what the dataset holds (e.g. a seed's content hash, a snapshot's strategy), as {@code key=value}, sorted
 */
public record Definition(String dialect, List<String> queries, List<String> settings) {
    public Definition {
        Objects.requireNonNull(dialect, "dialect");
        queries = List.copyOf(queries);
        settings = List.copyOf(settings);
    }
}
