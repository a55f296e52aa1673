package io.tailwater.lineage.sql.tree;

import java.util.List;

/** A chain of set operations of one precedence, evaluated from the left: {@code operands} has one element more than {@code operators}. A parenthesised operand is a {@link Query}. */
public record SetOperation(List<SetOperator> operators, List<QueryBody> operands, SourceRange range)
        implements QueryBody {
    @Override
    public List<Node> children() {
        return Children.of(operands);
    }
}
