package io.tailwater.pranalyzer.impact;

import io.tailwater.lineage.compare.WorkspaceReader;
import io.tailwater.lineage.graph.Dependency;
import io.tailwater.lineage.graph.DirectUse;
import io.tailwater.lineage.graph.IndirectUse;
import io.tailwater.lineage.graph.SourceLocation;
import io.tailwater.schemas.lineage.AssetColumn;
import io.tailwater.schemas.lineage.DependencyKind;
import io.tailwater.schemas.lineage.LineageAsset;
import io.tailwater.schemas.lineage.Location;
import io.tailwater.schemas.lineage.Upstream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Turns the facts of a dataset round: from what it depends on to what it is a reader of. Pure. */
public final class AssetReaders {

    private static final String EVERY_COLUMN = "*";

    private AssetReaders() {}

    /** Qualified names of the relations that a dataset reads. */
    public static Set<String> relationsReadBy(LineageAsset asset) {
        Set<String> relations = new TreeSet<>();
        asset.getRowUpstreams().forEach(upstream -> add(relations, upstream));
        asset.getColumns().forEach(column -> column.getUpstreams().forEach(upstream -> add(relations, upstream)));
        return relations;
    }

    /** Every use a dataset makes of one relation. */
    public static List<WorkspaceReader> of(LineageAsset asset, String relation) {
        List<WorkspaceReader> readers = new ArrayList<>();
        for (Upstream upstream : asset.getRowUpstreams()) {
            if (relation.equals(upstream.getQualifiedName())) {
                readers.add(reader(asset, upstream, null));
            }
        }
        for (AssetColumn column : asset.getColumns()) {
            for (Upstream upstream : column.getUpstreams()) {
                if (relation.equals(upstream.getQualifiedName())) {
                    readers.add(reader(asset, upstream, column.getName()));
                }
            }
        }
        return readers;
    }

    private static void add(Set<String> relations, Upstream upstream) {
        if (upstream.getQualifiedName() != null) {
            relations.add(upstream.getQualifiedName());
        }
    }

    private static WorkspaceReader reader(LineageAsset asset, Upstream upstream, @Nullable String feeds) {
        Location at = upstream.getAt() == null ? asset.getAt() : upstream.getAt();
        String column = EVERY_COLUMN.equals(upstream.getColumn()) ? null : upstream.getColumn();
        return new WorkspaceReader(
                asset.getRepository(),
                at.getRevision(),
                asset.getName() == null ? asset.getDataset() : asset.getName(),
                asset.getQualifiedName(),
                asset.getKind(),
                column,
                feeds,
                dependency(upstream.getKind(), column),
                SourceLocation.of(at.getPath(), Math.max(1, at.getLine())),
                asset.getOwners());
    }

    private static Dependency dependency(DependencyKind kind, @Nullable String column) {
        return switch (kind) {
            case IDENTITY -> DirectUse.IDENTITY;
            case TRANSFORMATION -> DirectUse.TRANSFORMATION;
            case AGGREGATION -> DirectUse.AGGREGATION;
            case JOIN -> IndirectUse.JOIN;
            // rows of a relation that are read without naming a column are kept as a filter on no column
            case FILTER -> column == null ? IndirectUse.ROWS : IndirectUse.FILTER;
            case GROUP_BY -> IndirectUse.GROUP_BY;
            case SORT -> IndirectUse.SORT;
            case WINDOW -> IndirectUse.WINDOW;
            case CONDITIONAL -> IndirectUse.CONDITIONAL;
        };
    }
}
