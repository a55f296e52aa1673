package io.tailwater.lineage.sql.result;

/** The place in a statement from which a column is read. */
public enum ColumnRole {
    /** It gives a value: select list, assignment, VALUES. */
    VALUE,
    /** In the condition of CASE, IF and the like. */
    CONDITIONAL,
    /** In PARTITION BY or ORDER BY of a window. */
    WINDOW,
    /** In ON or USING. */
    JOIN,
    /** In WHERE, HAVING, QUALIFY or an aggregate's FILTER. */
    FILTER,
    /** In GROUP BY or DISTINCT ON. */
    GROUP_BY,
    /** In ORDER BY of a query. */
    SORT
}
