package io.tailwater.lineage.sql.result;

/** How an input shapes a result without giving it its value. The words are OpenLineage's column-lineage subtypes. */
public enum IndirectUse {
    /** Decides which rows meet. */
    JOIN,
    /** Decides which rows stay. */
    FILTER,
    /** Decides how rows are collected. */
    GROUP_BY,
    /** Decides row order. */
    SORT,
    /** Decides the frame a window function looks at. */
    WINDOW,
    /** Decides which branch supplies the value. */
    CONDITIONAL
}
