package io.tailwater.lineage.coverage;

import java.util.List;

/**
 * How far the lineage of all datasets of one kind is known.
 *
 * @param kind {@code model}, {@code seed}, {@code snapshot}, {@code view}, {@code table} and so on, as {@link io.tailwater.lineage.graph.Dataset#kind()}
 * @param datasets how many there are
 * @param complete how many of these have complete column lineage: every column and what it and the rows depend on is known, apart from stars over
 *     datasets of elsewhere whose columns nothing in the repository tells, shown as such
 * @param openStars how many of the complete ones have such a star
 * @param undeclared how many of the others lack nothing but this: which table of a join has a column, where no table's columns are declared and no query of the
 *     repository tells
 * @param queries how many queries define them, once rendered
 * @param parsed how many of these were parsed without skipping anything
 * @param columns how many columns or fields they have, as far as these are known by name
 * @param knownColumns how many of these have everything known that they depend on
 * @param reasons why the others are not complete, most frequent first
 */
public record KindCoverage(
        String kind,
        int datasets,
        int complete,
        int openStars,
        int undeclared,
        int queries,
        int parsed,
        int columns,
        int knownColumns,
        List<ReasonCount> reasons) {
    public KindCoverage {
        reasons = List.copyOf(reasons);
    }

    /** Complete ones per hundred; 100 where there are none. */
    public double completePercent() {
        return percent(complete, datasets);
    }

    /** Parsed queries per hundred; 100 where there are none. */
    public double parsedPercent() {
        return percent(parsed, queries);
    }

    /** Known columns per hundred; 100 where there are none. */
    public double columnPercent() {
        return percent(knownColumns, columns);
    }

    private static double percent(int part, int whole) {
        return whole == 0 ? 100 : 100.0 * part / whole;
    }
}
