package io.tailwater.lineage.sql.tree;

import io.tailwater.lineage.sql.tree.Expression.FunctionCall;
import io.tailwater.lineage.sql.tree.Relation.Pivot;
import io.tailwater.lineage.sql.tree.Relation.Unpivot;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One step of pipe syntax ({@code |> …}); each sees the columns the step before left. */
public sealed interface PipeStep extends Node {
    /** {@code |> SELECT}. */
    record PipeSelect(boolean distinct, List<SelectItem> items, SourceRange range) implements PipeStep {
        @Override
        public List<Node> children() {
            return Children.of(items);
        }
    }

    /** {@code |> EXTEND}: keeps all columns and adds these. */
    record PipeExtend(List<SelectItem> items, SourceRange range) implements PipeStep {
        @Override
        public List<Node> children() {
            return Children.of(items);
        }
    }

    /** {@code |> SET column = value}. */
    record PipeSet(List<Assignment> assignments, SourceRange range) implements PipeStep {
        @Override
        public List<Node> children() {
            return Children.of(assignments);
        }
    }

    /** {@code |> DROP column}. */
    record PipeDrop(List<Identifier> columns, SourceRange range) implements PipeStep {
        @Override
        public List<Node> children() {
            return Children.of(columns);
        }
    }

    /** {@code |> RENAME a AS b}. */
    record PipeRename(List<Renaming> renamings, SourceRange range) implements PipeStep {
        @Override
        public List<Node> children() {
            return Children.of(renamings);
        }
    }

    /** {@code |> AS alias}. */
    record PipeAs(Identifier alias, SourceRange range) implements PipeStep {
        @Override
        public List<Node> children() {
            return Children.of(alias);
        }
    }

    /** {@code |> WHERE}. */
    record PipeWhere(Expression condition, SourceRange range) implements PipeStep {
        @Override
        public List<Node> children() {
            return Children.of(condition);
        }
    }

    /** {@code |> AGGREGATE items GROUP BY keys}: gives keys, then items. */
    record PipeAggregate(List<SelectItem> items, List<SelectItem> groupBy, SourceRange range) implements PipeStep {
        @Override
        public List<Node> children() {
            return Children.of(items, groupBy);
        }
    }

    /** {@code |> DISTINCT}. */
    record PipeDistinct(SourceRange range) implements PipeStep {
        @Override
        public List<Node> children() {
            return Children.of();
        }
    }

    /** {@code |> JOIN}. */
    record PipeJoin(Join join, SourceRange range) implements PipeStep {
        @Override
        public List<Node> children() {
            return Children.of(join);
        }
    }

    /** {@code |> UNION ALL (query), …}. */
    record PipeSetOperation(SetOperator operator, List<QueryBody> operands, SourceRange range) implements PipeStep {
        @Override
        public List<Node> children() {
            return Children.of(operands);
        }
    }

    /** {@code |> ORDER BY}. */
    record PipeOrder(List<OrderItem> orderBy, SourceRange range) implements PipeStep {
        @Override
        public List<Node> children() {
            return Children.of(orderBy);
        }
    }

    /** {@code |> LIMIT … OFFSET …}. */
    record PipeLimit(Limit limit, SourceRange range) implements PipeStep {
        @Override
        public List<Node> children() {
            return Children.of(limit);
        }
    }

    /** {@code |> PIVOT (…)}; the pivot's source is an {@link Relation.UnparsedRelation} of empty range, standing for the pipe's input. */
    record PipePivot(Pivot pivot, SourceRange range) implements PipeStep {
        @Override
        public List<Node> children() {
            return Children.of(pivot);
        }
    }

    /** {@code |> UNPIVOT (…)}; source as in {@link PipePivot}. */
    record PipeUnpivot(Unpivot unpivot, SourceRange range) implements PipeStep {
        @Override
        public List<Node> children() {
            return Children.of(unpivot);
        }
    }

    /** {@code |> CALL table_function(…)}. */
    record PipeCall(FunctionCall call, @Nullable Identifier alias, SourceRange range) implements PipeStep {
        @Override
        public List<Node> children() {
            return Children.of(call, alias);
        }
    }

    /** {@code |> WINDOW items}: keeps all columns and adds these. */
    record PipeWindow(List<SelectItem> items, SourceRange range) implements PipeStep {
        @Override
        public List<Node> children() {
            return Children.of(items);
        }
    }

    /** {@code |> TABLESAMPLE …}. */
    record PipeSample(List<Expression> arguments, SourceRange range) implements PipeStep {
        @Override
        public List<Node> children() {
            return Children.of(arguments);
        }
    }

    /** A step that could not be understood. */
    record PipeUnparsed(String reason, SourceRange range) implements PipeStep {
        @Override
        public List<Node> children() {
            return Children.of();
        }
    }
}
