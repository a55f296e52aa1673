package io.tailwater.lineage.project;

import io.tailwater.lineage.graph.Column;
import io.tailwater.lineage.graph.ColumnDependency;
import io.tailwater.lineage.graph.Completeness;
import io.tailwater.lineage.graph.DatasetRead;
import io.tailwater.lineage.graph.OpenStar;
import io.tailwater.lineage.graph.Unresolved;
import java.util.List;

/**
 * What the queries behind a dataset say about it.
 *
 * @param columns known columns
 * @param openStars stars over tables whose columns nothing tells
 * @param reads datasets read
 * @param rowDependencies upstream columns that decide rows
 * @param unresolved what could not be told
 * @param completeness how far the rest is known
 */
public record Assembly(
        List<Column> columns,
        List<OpenStar> openStars,
        List<DatasetRead> reads,
        List<ColumnDependency> rowDependencies,
        List<Unresolved> unresolved,
        Completeness completeness) {}
