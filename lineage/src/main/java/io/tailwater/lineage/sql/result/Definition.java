package io.tailwater.lineage.sql.result;

/**
 * The expression that defines a column, independent of formatting, comments, aliases, CTE names, redundant parentheses and the order of {@code AND} and
 * {@code =}.
 *
 * @param exact equal for two columns exactly when they are computed the same way from the same rows of the same relations
 * @param shape as {@code exact}, but blind to what filters and joins stand inside the subqueries that the values come from: where only {@code exact} differs,
 *     the rows changed underneath, not the computation
 */
public record Definition(String exact, String shape) {}
