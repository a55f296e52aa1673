package io.tailwater.pranalyzer.impact;

import io.tailwater.lineage.graph.Column;
import io.tailwater.lineage.graph.ColumnDependency;
import io.tailwater.lineage.graph.Dataset;
import io.tailwater.lineage.graph.DatasetRead;
import io.tailwater.lineage.graph.DatasetRole;
import io.tailwater.lineage.graph.Dependency;
import io.tailwater.lineage.graph.DirectUse;
import io.tailwater.lineage.graph.IndirectUse;
import io.tailwater.lineage.graph.OpenStar;
import io.tailwater.lineage.graph.RepositoryLineage;
import io.tailwater.lineage.graph.SourceLocation;
import io.tailwater.schemas.lineage.AssetColumn;
import io.tailwater.schemas.lineage.DependencyKind;
import io.tailwater.schemas.lineage.LineageAsset;
import io.tailwater.schemas.lineage.Location;
import io.tailwater.schemas.lineage.Upstream;
import io.tailwater.schemas.topic.RepositoryKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes a default branch's lineage as one record a dataset. Pure. */
final class AssetRecords {

    private static final String EVERY_COLUMN = "*";

    private final RepositoryKey key;
    private final RepositoryLineage lineage;
    private final Map<String, Dataset> datasets = new HashMap<>();

    private AssetRecords(RepositoryKey key, RepositoryLineage lineage) {
        this.key = key;
        this.lineage = lineage;
        lineage.datasets().forEach(dataset -> datasets.put(dataset.id(), dataset));
    }

    /** Every dataset but those that are missing; readers of a missing one list it as upstream all the same. */
    static List<LineageAsset> of(RepositoryKey key, RepositoryLineage lineage) {
        AssetRecords records = new AssetRecords(key, lineage);
        return lineage.datasets().stream()
                .filter(dataset -> dataset.role() != DatasetRole.MISSING)
                .map(records::asset)
                .toList();
    }

    private LineageAsset asset(Dataset dataset) {
        return LineageAsset.newBuilder()
                .setWorkspaceUuid(key.workspaceUuid())
                .setRepositoryUuid(key.repositoryUuid())
                .setRepository(lineage.repository())
                .setDataset(dataset.id())
                .setName(dataset.name())
                .setQualifiedName(dataset.qualifiedName())
                .setKind(dataset.kind())
                .setAt(location(dataset.location()))
                .setColumns(dataset.columns().stream().map(this::column).toList())
                .setRowUpstreams(rowUpstreams(dataset))
                .setOwners(dataset.owners())
                .setUnresolved(dataset.unresolved().stream()
                        .map(ComparisonRecords::unresolved)
                        .toList())
                .build();
    }

    private AssetColumn column(Column column) {
        return AssetColumn.newBuilder()
                .setName(column.name())
                .setType(column.type())
                .setAt(location(column.location()))
                .setUpstreams(column.dependencies().stream()
                        .map(use -> upstream(use.datasetId(), use.column(), use.kind(), use.location()))
                        .toList())
                .build();
    }

    /** What decides rows; then open stars; then datasets that are read without any use of them being known. */
    private List<Upstream> rowUpstreams(Dataset dataset) {
        List<Upstream> upstreams = new ArrayList<>();
        Set<String> used = new HashSet<>();
        dataset.columns().forEach(column -> column.dependencies().forEach(use -> used.add(use.datasetId())));
        for (ColumnDependency use : dataset.rowDependencies()) {
            used.add(use.datasetId());
            upstreams.add(upstream(use.datasetId(), use.column(), use.kind(), use.location()));
        }
        for (OpenStar star : dataset.openStars()) {
            used.add(star.datasetId());
            upstreams.add(upstream(star.datasetId(), null, DirectUse.IDENTITY, star.location()));
        }
        for (DatasetRead read : dataset.reads()) {
            if (used.add(read.datasetId())) {
                upstreams.add(upstream(read.datasetId(), null, IndirectUse.ROWS, read.location()));
            }
        }
        return upstreams;
    }

    private Upstream upstream(String datasetId, @Nullable String column, Dependency kind, SourceLocation at) {
        Dataset upstream = datasets.get(datasetId);
        return Upstream.newBuilder()
                .setDataset(upstream == null ? datasetId : upstream.name())
                .setQualifiedName(upstream == null ? null : upstream.qualifiedName())
                .setColumn(column == null ? EVERY_COLUMN : column)
                .setKind(kind(kind))
                .setAt(location(at))
                .build();
    }

    private Location location(SourceLocation at) {
        return Location.newBuilder()
                .setRepository(lineage.repository())
                .setPath(at.path())
                .setLine(at.line())
                .setRevision(lineage.revision())
                .build();
    }

    private static DependencyKind kind(Dependency dependency) {
        return switch (dependency) {
            case DirectUse.IDENTITY -> DependencyKind.IDENTITY;
            case DirectUse.TRANSFORMATION -> DependencyKind.TRANSFORMATION;
            case DirectUse.AGGREGATION -> DependencyKind.AGGREGATION;
            case IndirectUse.JOIN -> DependencyKind.JOIN;
            // rows read without naming a column: AssetReaders turns a filter on no column back into this
            case IndirectUse.FILTER, IndirectUse.ROWS -> DependencyKind.FILTER;
            case IndirectUse.GROUP_BY -> DependencyKind.GROUP_BY;
            case IndirectUse.SORT -> DependencyKind.SORT;
            case IndirectUse.WINDOW -> DependencyKind.WINDOW;
            case IndirectUse.CONDITIONAL -> DependencyKind.CONDITIONAL;
        };
    }
}
