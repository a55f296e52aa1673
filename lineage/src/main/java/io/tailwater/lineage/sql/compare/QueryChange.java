package io.tailwater.lineage.sql.compare;

import java.util.List;

/** One difference between two queries. */
public sealed interface QueryChange {

    /** A column that only the new query has. */
    record ColumnAdded(String column) implements QueryChange {}

    /** A column that only the old query had, and no new column is defined the same way. */
    record ColumnRemoved(String column) implements QueryChange {}

    /** The defining expression stayed, the name changed. */
    record ColumnRenamed(String from, String to) implements QueryChange {}

    /** Columns that both queries have stand in another order. */
    record ColumnsReordered(List<String> before, List<String> after) implements QueryChange {}

    /** A column of the same name is computed differently. */
    record ValuesChanged(String column, String before, String after) implements QueryChange {}

    /** Other rows, or the same rows another number of times. */
    record RowsChanged(Certainty certainty, RowsReason reason, List<String> removed, List<String> added)
            implements QueryChange {}

    /** Which columns pass through a star changed, as far as that can be told without knowing the columns. */
    record PassThroughChanged(String before, String after) implements QueryChange {}

    /** How sure a difference is. */
    enum Certainty {
        /** The queries differ in it. */
        CERTAIN,
        /** They differ unless something holds that the text does not say, such as a unique key. */
        POSSIBLE
    }

    /** What decides the rows differently. */
    enum RowsReason {
        /** Other tables are read. */
        SOURCES,
        /** WHERE, HAVING, QUALIFY or the condition of an inner join. */
        FILTERS,
        /** Outer joins. */
        JOINS,
        /** What rows are grouped by. */
        GRAIN,
        /** DISTINCT. */
        DISTINCT,
        /** LIMIT and the order that decides what it keeps. */
        LIMIT,
        /** Branches of UNION, INTERSECT, EXCEPT. */
        SET_OPERATIONS
    }
}
