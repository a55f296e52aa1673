package io.tailwater.lineage.project.dbt;

import io.tailwater.lineage.graph.ColumnDependency;
import io.tailwater.lineage.graph.Completeness;
import io.tailwater.lineage.graph.Dataset;
import io.tailwater.lineage.graph.DatasetRead;
import io.tailwater.lineage.graph.DatasetRole;
import io.tailwater.lineage.graph.Definition;
import io.tailwater.lineage.graph.SourceLocation;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a property file declares that reads datasets and offers nothing to read: a test, a metric, an exposure. */
final class Reader {
    private final Set<DatasetRead> reads = new LinkedHashSet<>();
    private final Set<ColumnDependency> columns = new LinkedHashSet<>();

    /** Notes that a dataset is read. */
    void reads(String datasetId, SourceLocation at) {
        if (reads.stream().noneMatch(read -> read.datasetId().equals(datasetId))) {
            reads.add(new DatasetRead(datasetId, at));
        }
    }

    /** Notes that columns are used, and their datasets read. */
    void uses(Iterable<ColumnDependency> used) {
        for (ColumnDependency dependency : used) {
            reads(dependency.datasetId(), dependency.location());
            columns.add(dependency);
        }
    }

    Set<ColumnDependency> columns() {
        return columns;
    }

    Set<DatasetRead> reads() {
        return reads;
    }

    Dataset dataset(
            String id,
            String name,
            String kind,
            SourceLocation at,
            List<String> owners,
            @Nullable Definition definition) {
        return new Dataset(
                id,
                name,
                null,
                kind,
                DatasetRole.READER,
                at,
                false,
                List.of(),
                List.of(),
                List.copyOf(reads),
                List.copyOf(columns),
                owners,
                Completeness.COMPLETE,
                List.of(),
                definition);
    }
}
