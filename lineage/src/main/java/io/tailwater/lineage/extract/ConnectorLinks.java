package io.tailwater.lineage.extract;

import io.tailwater.lineage.graph.Column;
import io.tailwater.lineage.graph.ColumnDependency;
import io.tailwater.lineage.graph.Completeness;
import io.tailwater.lineage.graph.Dataset;
import io.tailwater.lineage.graph.DatasetKinds;
import io.tailwater.lineage.graph.DatasetRead;
import io.tailwater.lineage.graph.DatasetRole;
import io.tailwater.lineage.graph.DirectUse;
import io.tailwater.lineage.graph.OpenStar;
import io.tailwater.lineage.project.kafka.KafkaReader;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Joins tables that connectors fill, or read, with what other readers know of the same tables: a table that statements create is filled by the connector; one that a connector reads is the table that statements create. Names are the same if one ends in the other, and no other
 * does; the leading parts that one of them lacks are not known.
 */
final class ConnectorLinks {
    private ConnectorLinks() {}

    static List<Dataset> join(Collection<Dataset> datasets) {
        List<Dataset> filled =
                datasets.stream().filter(ConnectorLinks::isFilled).toList();
        boolean topics = datasets.stream().anyMatch(dataset -> dataset.kind().equals(DatasetKinds.TOPIC));
        if (!topics) {
            return List.copyOf(datasets);
        }
        Map<String, Dataset> byId = new LinkedHashMap<>();
        datasets.forEach(dataset -> byId.put(dataset.id(), dataset));
        for (Dataset sink : filled) {
            Dataset known = same(sink, byId.values());
            if (known != null) {
                byId.put(known.id(), fedBy(known, sink));
                // readers that name the connector's table mean the known one
                byId.remove(sink.id());
            }
        }
        Map<String, String> moved = new LinkedHashMap<>();
        for (Dataset topic : List.copyOf(byId.values())) {
            if (topic.kind().equals(DatasetKinds.TOPIC)) {
                for (DatasetRead read : topic.reads()) {
                    Dataset named = byId.get(read.datasetId());
                    Dataset known =
                            named == null || named.role() != DatasetRole.REFERENCED ? null : same(named, byId.values());
                    if (named != null && known != null) {
                        moved.put(named.id(), known.id());
                    }
                }
            }
        }
        byId.replaceAll((id, dataset) ->
                dataset.kind().equals(DatasetKinds.TOPIC) ? RelationLinks.rewritten(dataset, moved) : dataset);
        byId.replaceAll((id, dataset) -> dataset.kind().equals(DatasetKinds.TOPIC) ? expanded(dataset, byId) : dataset);
        byId.replaceAll((id, dataset) -> isFilled(dataset) ? expanded(dataset, byId) : dataset);
        return List.copyOf(byId.values());
    }

    /** The dataset with the columns that its star brings, where all columns behind it are known. */
    private static Dataset expanded(Dataset dataset, Map<String, Dataset> byId) {
        if (dataset.openStars().size() != 1) {
            return dataset;
        }
        OpenStar star = dataset.openStars().getFirst();
        Dataset behind = byId.get(star.datasetId());
        if (behind == null || behind.completeness() != Completeness.COMPLETE || behind.role() != DatasetRole.PRODUCED) {
            return dataset;
        }
        List<Column> columns = new ArrayList<>(dataset.columns());
        for (Column column : behind.columns()) {
            if (!star.except().contains(column.name())) {
                columns.add(new Column(
                        column.name(),
                        column.type(),
                        star.location(),
                        List.of(new ColumnDependency(
                                behind.id(), column.name(), DirectUse.IDENTITY, star.location()))));
            }
        }
        return new Dataset(
                dataset.id(),
                dataset.name(),
                dataset.qualifiedName(),
                dataset.kind(),
                dataset.role(),
                dataset.location(),
                dataset.published(),
                columns,
                List.of(),
                dataset.reads(),
                dataset.rowDependencies(),
                dataset.owners(),
                Completeness.COMPLETE,
                dataset.unresolved(),
                dataset.definition());
    }

    private static boolean isFilled(Dataset dataset) {
        return dataset.id().startsWith(KafkaReader.FILLED);
    }

    /** The only dataset that another reader found under the name; null if there is none or several. */
    private static @Nullable Dataset same(Dataset named, Collection<Dataset> all) {
        String name = named.qualifiedName();
        Dataset found = null;
        for (Dataset dataset : all) {
            String other = dataset.qualifiedName();
            boolean relation = dataset.role() == DatasetRole.PRODUCED
                    && !isFilled(dataset)
                    && !dataset.kind().equals(DatasetKinds.TOPIC);
            if (relation && name != null && other != null && alike(name, other)) {
                if (found != null) {
                    return null;
                }
                found = dataset;
            }
        }
        return found;
    }

    private static boolean alike(String one, String other) {
        return one.equalsIgnoreCase(other) || endsIn(one, other) || endsIn(other, one);
    }

    private static boolean endsIn(String name, String tail) {
        return name.length() > tail.length()
                && name.charAt(name.length() - tail.length() - 1) == '.'
                && name.regionMatches(true, name.length() - tail.length(), tail, 0, tail.length());
    }

    /** The table with what the connector brings into its columns. */
    private static Dataset fedBy(Dataset known, Dataset sink) {
        List<Column> columns = new ArrayList<>();
        for (Column column : known.columns()) {
            columns.add(new Column(
                    column.name(),
                    column.type(),
                    column.location(),
                    Stream.concat(column.dependencies().stream(), brought(sink, column.name()).stream())
                            .toList()));
        }
        List<DatasetRead> reads = new ArrayList<>(known.reads());
        reads.addAll(sink.reads());
        return new Dataset(
                known.id(),
                known.name(),
                known.qualifiedName(),
                known.kind(),
                known.role(),
                known.location(),
                known.published(),
                columns,
                known.openStars(),
                reads,
                known.rowDependencies(),
                known.owners(),
                known.completeness(),
                known.unresolved(),
                known.definition());
    }

    private static List<ColumnDependency> brought(Dataset sink, String column) {
        List<ColumnDependency> named =
                sink.column(column).map(Column::dependencies).orElse(List.of());
        if (!named.isEmpty() || sink.openStars().isEmpty()) {
            return named;
        }
        OpenStar star = sink.openStars().getFirst();
        return star.except().contains(column)
                ? List.of()
                : List.of(new ColumnDependency(star.datasetId(), column, DirectUse.IDENTITY, star.location()));
    }
}
