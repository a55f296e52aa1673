package io.tailwater.lineage.project;

import io.tailwater.lineage.graph.Column;
import io.tailwater.lineage.graph.ColumnDependency;
import io.tailwater.lineage.graph.Completeness;
import io.tailwater.lineage.graph.Dataset;
import io.tailwater.lineage.graph.DatasetRead;
import io.tailwater.lineage.graph.DirectUse;
import io.tailwater.lineage.graph.OpenStar;
import java.util.ArrayList;
import java.util.List;

/** A declared source whose table is made in the same repository. */
public final class LinkedSource {
    private LinkedSource() {}

    /** A source that is another dataset of the repository: it has that one's columns, unchanged. */
    public static Dataset of(Dataset source, Dataset behind) {
        List<Column> columns = new ArrayList<>();
        behind.columns()
                .forEach(column -> columns.add(new Column(
                        column.name(),
                        column.type(),
                        source.location(),
                        List.of(new ColumnDependency(
                                behind.id(), column.name(), DirectUse.IDENTITY, source.location())))));
        boolean all = Relations.knowsAllColumns(behind);
        return new Dataset(
                source.id(),
                source.name(),
                source.qualifiedName(),
                source.kind(),
                source.role(),
                source.location(),
                false,
                columns,
                all ? List.of() : List.of(new OpenStar(behind.id(), List.of(), source.location())),
                List.of(new DatasetRead(behind.id(), source.location())),
                List.of(),
                source.owners(),
                all ? Completeness.COMPLETE : Completeness.OPEN_STAR,
                List.of(),
                source.definition());
    }
}
