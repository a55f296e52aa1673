package io.tailwater.lineage.sql.canonical;

import java.util.List;

/**
 * A set operation.
 *
 * @param operator UNION, UNION ALL, INTERSECT, EXCEPT …
 * @param free whether the order of branches does not matter
 * @param branches the operands
 */
public record SetForm(String operator, boolean free, List<QueryForm> branches) {}
