package io.tailwater.lineage.graph;

/**
 * How much of a revision was understood.
 *
 * @param files files that hold or describe data
 * @param analysed files of these whose lineage is known, apart from stars over undeclared columns
 * @param unresolved files of these with at least one entry among the unresolved
 */
public record Coverage(int files, int analysed, int unresolved) {}
