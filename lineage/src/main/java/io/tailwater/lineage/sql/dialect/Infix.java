package io.tailwater.lineage.sql.dialect;

import io.tailwater.lineage.sql.tree.Operator;

/**
 * An operator between two operands.
 *
 * @param operator the operator
 * @param precedence how strongly it binds; one of {@link Precedence}
 */
public record Infix(Operator operator, int precedence) {}
